/** A Python with the peers that results are compared with: Keras, scikit-learn, PyTorch and ONNX Runtime. */
import { existsSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLine, run, saysNoConnection } from './run.mjs';

const PACKAGES = ['tensorflow-cpu==2.21.0', 'scikit-learn', 'torch', 'onnx', 'onnxruntime', 'jax'];

/**
 * The Python of the peers' own environment, made if needed; or why there is none.
 * @param {import('./machine.mjs').Machine} machine
 * @returns {Promise<{python: string} | {python: undefined, why: string}>}
 */
export async function ensurePeers(machine) {
  const folder = join(machine.root, '.cache/peers');
  const python = join(folder, machine.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const stamp = join(folder, '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === PACKAGES.join('\n')) return { python };
  machine.say(`Installing ${PACKAGES.join(', ')} into .cache/peers (once) …`);
  rmSync(folder, { recursive: true, force: true });
  const options = { env: machine.env, cwd: machine.root };
  const made = await run('python3', ['-m', 'venv', folder], options);
  if (made.missing) return { python: undefined, why: 'no python3 was found' };
  if (made.code !== 0) return { python: undefined, why: `python3 -m venv failed: ${lastLine(made.stdout)}` };
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', ...PACKAGES];
  const installed = await run(python, pip, options);
  if (installed.code === 0) {
    writeFileSync(stamp, PACKAGES.join('\n'));
    return { python };
  }
  rmSync(folder, { recursive: true, force: true });
  const why = saysNoConnection(installed.stderr)
    ? 'the package index cannot be reached'
    : lastLine(installed.stderr);
  return { python: undefined, why: `the packages could not be installed (${why})` };
}
