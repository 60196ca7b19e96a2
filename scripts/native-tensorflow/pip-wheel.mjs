/** Source 4: the libraries inside TensorFlow's Python package, with a binding compiled here. Python only unpacks it. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupProblem } from '../lib/problem.mjs';
import { lastLine, run, saysDiskFull, saysNoConnection } from '../lib/run.mjs';
import { compileBinding } from './compile-binding.mjs';
import { bringLibraries } from './libraries.mjs';

const GIGABYTE = 1e9;
const VERSION = '2.21.0';
/** On macOS the processor-only package has the plain name. */
const PACKAGE = { linux: `tensorflow-cpu==${VERSION}`, darwin: `tensorflow==${VERSION}` };
const UNPACK = fileURLToPath(new URL('unpack_wheel.py', import.meta.url));
const GET_PYTHON = 'Install Python 3.10 to 3.13 with pip (Debian, Ubuntu: apt-get install python3-pip).';
const FULL = ['the disk is full', 'Free about 2.5 GB and start again.'];

export const pipSource = {
  name: 'pip wheel',
  bytes: () => 2.5 * GIGABYTE,
  async prepare(machine, staging) {
    const wanted = PACKAGE[machine.platform];
    if (!wanted)
      throw new SetupProblem(
        `it cannot be used on ${machine.platform}`,
        'Connect to the internet once and start again.',
      );
    const python = await findPython(machine);
    const wheel = await downloadWheel(machine, python, { wanted, folder: join(staging, 'wheel') });
    machine.say('TensorFlow: unpacking the wheel …');
    const unpacked = join(staging, 'unpacked');
    const result = await run(python, [UNPACK, wheel, unpacked], { env: machine.env });
    if (saysDiskFull(result.stderr)) throw new SetupProblem(...FULL);
    if (result.code !== 0)
      throw new SetupProblem(
        `the wheel is damaged: ${lastLine(result.stderr)}`,
        'Start again to download it anew.',
      );
    await strip(machine, unpacked);
    bringLibraries(machine, unpacked, staging);
    await compileBinding(machine, staging, join(unpacked, 'include'));
    return { source: `pip wheel ${wanted}` };
  },
};

async function findPython(machine) {
  for (const name of ['python3', 'python']) {
    const result = await run(name, ['-m', 'pip', '--version'], { env: machine.env });
    if (result.code === 0) return name;
    if (!result.missing && /No module named pip/.test(result.stderr))
      throw new SetupProblem(`${name} has no pip`, GET_PYTHON);
  }
  throw new SetupProblem('no Python was found', GET_PYTHON);
}

async function downloadWheel(machine, python, { wanted, folder }) {
  machine.say(`TensorFlow: downloading ${wanted} with pip (about 270 MB) …`);
  mkdirSync(folder);
  const args = [
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--retries=2',
    '--timeout=15',
    '--dest',
    folder,
  ];
  args.push('--disable-pip-version-check', '--progress-bar=off', wanted);
  const result = await run(python, ['-m', 'pip', ...args], { env: machine.env });
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (result.code === 0 && wheel) return join(folder, wheel);
  throw pipProblem(result.stderr, wanted);
}

function pipProblem(text, wanted) {
  if (saysDiskFull(text)) return new SetupProblem(...FULL);
  if (saysNoConnection(text))
    return new SetupProblem(
      "pip cannot reach Python's package index",
      'Connect to the internet once and start again; later starts work offline.',
    );
  if (/No matching distribution/.test(text))
    return new SetupProblem(`pip finds no ${wanted} for this Python or system`, GET_PYTHON);
  const error = text.split('\n').find((line) => line.startsWith('ERROR:')) ?? lastLine(text);
  return new SetupProblem(`pip failed: ${error.replace('ERROR: ', '')}`, 'Mend that and start again.');
}

/** Symbols are a quarter of the library and of no use here. A machine without `strip` keeps them. */
async function strip(machine, folder) {
  const flag = machine.platform === 'darwin' ? '-x' : '--strip-unneeded';
  for (const name of readdirSync(folder).filter((file) => file.startsWith('libtensorflow')))
    await run('strip', [flag, join(folder, name)], { env: machine.env });
}
