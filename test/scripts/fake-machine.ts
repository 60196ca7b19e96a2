/** A machine in a temporary folder: a checkout that looks installed, an empty PATH to put fake programs on, and a log. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisMachine, type Machine } from '../../scripts/lib/machine.mjs';

export interface FakeMachine extends Machine {
  /** Every line that was said. */
  said: string[];
  /** Puts a program on the PATH: the body of a shell script. */
  addProgram(name: string, body: string): void;
  /** Puts a real program of this machine on the PATH. */
  addRealProgram(path: string): void;
  remove(): void;
}

/** Room enough for every source. */
const ROOMY = 1e12;

export function fakeMachine(overrides: Partial<Machine> = {}): FakeMachine {
  const folder = mkdtempSync(join(tmpdir(), 'digit-studio-machine-'));
  const bin = join(folder, 'bin');
  const root = join(folder, 'checkout');
  const tfjs = join(root, 'node_modules/@tensorflow/tfjs-node');
  for (const path of [bin, tfjs, join(root, 'node_modules/node-api-headers/include')])
    mkdirSync(path, { recursive: true });
  writeFileSync(join(tfjs, 'package.json'), JSON.stringify({ version: '4.22.0' }));
  writeFileSync(join(root, 'node_modules/node-api-headers/include/node_api.h'), '');
  const said: string[] = [];
  const machine = thisMachine({
    root,
    // Programs that the fakes themselves are written with are reached by their full path.
    env: { PATH: bin, HOME: folder },
    platform: 'linux',
    arch: 'x64',
    cache: join(folder, 'cache'),
    freeBytes: () => ROOMY,
    say: (line: string) => void said.push(line),
    ...overrides,
  });
  const addProgram = (name: string, body: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  return {
    ...machine,
    said,
    addProgram,
    addRealProgram: (path) => symlinkSync(path, join(bin, path.split('/').at(-1) ?? path)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The first bytes of a Linux library for a processor, by its ELF e_machine: enough to be told apart. */
export function elf(machine: number): Buffer {
  const header = Buffer.alloc(64);
  header.writeUInt32BE(0x7f454c46, 0);
  header.writeUInt16LE(machine, 18);
  return header;
}

export const ELF_X64 = 0x3e;
export const ELF_ARM64 = 0xb7;

/**
 * Makes `machine.node` a program that stands for Node 24 running the check of a tree: it accepts a binding whose
 * text is "good" and refuses any other the way the loader does.
 */
export function acceptGoodBindings(machine: FakeMachine): void {
  const folder = join(machine.root, 'node_modules/node/bin');
  mkdirSync(folder, { recursive: true });
  const script = [
    '#!/bin/sh',
    'if [ "$(/bin/cat "$3")" = good ]; then echo "TensorFlow 9.9.9"; exit 0; fi',
    'echo "Error: invalid ELF header" >&2; exit 1',
  ];
  writeFileSync(machine.node, script.join('\n'));
  chmodSync(machine.node, 0o755);
}

/** A compiler that writes a good binding to the file after -o. */
export const COMPILER = `
while [ $# -gt 0 ]; do
  if [ "$1" = -o ]; then printf good > "$2"; fi
  shift
done`;
