/** Which processor a native library was made for, read from its header. */
import { closeSync, openSync, readSync } from 'node:fs';
import { SetupProblem } from '../lib/problem.mjs';

/** e_machine of an ELF file (System V ABI), cputype of a Mach-O file (mach/machine.h), Machine of a PE file. */
const ELF = { 0x3e: 'x64', 0xb7: 'arm64', 0x28: 'arm', 0x03: 'ia32', 0xf3: 'riscv64' };
const MACH_O = { 0x01000007: 'x64', 0x0100000c: 'arm64' };
const PE = { 0x8664: 'x64', 0xaa64: 'arm64', 0x14c: 'ia32' };
const HEADER_BYTES = 4096;

/**
 * The architecture as in process.arch, or undefined if the file is no library of a known kind.
 * @param {string} path
 */
export function architectureOf(path) {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(file);
  }
  if (header.readUInt32BE(0) === 0x7f454c46) return ELF[header.readUInt16LE(18)];
  if (header.readUInt32LE(0) === 0xfeedfacf) return MACH_O[header.readUInt32LE(4)];
  const pe = header.toString('latin1', 0, 2) === 'MZ' ? header.readUInt32LE(0x3c) : HEADER_BYTES;
  return pe + 6 <= HEADER_BYTES ? PE[header.readUInt16LE(pe + 4)] : undefined;
}

/**
 * Refuses a library that this machine cannot load.
 * @param {string} path
 * @param {import('../lib/machine.mjs').Machine} machine
 */
export function requireArchitecture(path, { arch }) {
  const found = architectureOf(path);
  if (found === arch) return;
  throw new SetupProblem(
    found ? `${path} is for ${found}, this machine is ${arch}` : `${path} is no native library`,
    `Use a TensorFlow library made for ${arch}.`,
  );
}
