/** Source 3: the library and the binding that tfjs-node's own installer downloads (its scripts/install.js). */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem } from '../lib/problem.mjs';
import { lastLine, run, saysDiskFull } from '../lib/run.mjs';
import { requireArchitecture } from './architecture.mjs';
import { compileBinding } from './compile-binding.mjs';
import { download } from './download.mjs';
import { BINDING, BINDING_FOLDER, LIBRARIES, libraryName, tfjsFolder } from './tree.mjs';

const GIGABYTE = 1e9;
const HOST = 'https://storage.googleapis.com/';

/** tfjs-node's getPlatformLibtensorflowUri, as a table; the version is its LIBTENSORFLOW_VERSION. */
const LIBRARY_FILES = {
  'linux-x64': 'tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz',
  'linux-arm64': 'tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz',
  'darwin-x64': 'tensorflow/libtensorflow/libtensorflow-cpu-darwin-x86_64-2.9.1.tar.gz',
  'darwin-arm64': 'tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz',
  'win32-x64': 'tensorflow/libtensorflow/libtensorflow-cpu-windows-x86_64-2.9.1.zip',
};

/**
 * The two addresses, or a problem if there is nothing for this kind of machine. Bindings exist for x64 only.
 * @param {import('../lib/machine.mjs').Machine} machine
 * @param {string} version tfjs-node's
 */
export function officialAddresses({ env, platform, arch }, version) {
  const host = env.TFJS_NODE_CDN_STORAGE || HOST;
  const file = LIBRARY_FILES[`${platform}-${arch}`];
  if (!file)
    throw new SetupProblem(
      `there is none for ${platform} on ${arch}`,
      'Give a library in $DIGIT_STUDIO_LIBTENSORFLOW.',
    );
  const system = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[platform];
  const packed = platform === 'win32' ? 'zip' : 'tar.gz';
  const binding = `tf-builds/pre-built-binary/napi-v8/${version}/CPU-${system}-${version}.${packed}`;
  return { library: `${host}${file}`, binding: arch === 'x64' ? `${host}${binding}` : undefined };
}

export const officialSource = {
  name: 'official download',
  bytes: () => 1.2 * GIGABYTE,
  async prepare(machine, staging) {
    const { version } = JSON.parse(readFileSync(join(tfjsFolder(machine.root), 'package.json'), 'utf8'));
    const { library, binding } = officialAddresses(machine, version);
    machine.say(`TensorFlow: downloading from ${new URL(library).host} …`);
    await fetchAndUnpack(machine, library, join(staging, 'deps'));
    const dll = join(staging, 'deps/tensorflow.dll');
    if (existsSync(dll)) renameSync(dll, join(staging, LIBRARIES, 'tensorflow.dll'));
    requireArchitecture(join(staging, LIBRARIES, libraryName(machine.platform)), machine);
    if (binding) await bringBinding(machine, binding, staging);
    else await compileBinding(machine, staging, join(staging, 'deps/include'));
    // Windows looks for a DLL beside the file that asks for it (tfjs issue 4257).
    if (machine.platform === 'win32')
      copyFileSync(
        join(staging, LIBRARIES, 'tensorflow.dll'),
        join(staging, BINDING_FOLDER, 'tensorflow.dll'),
      );
    return { source: `official download ${library}` };
  },
};

/** The archive holds the folder of the Node-API version; only the binding in it is wanted. */
async function bringBinding(machine, url, staging) {
  const folder = join(staging, 'binding');
  await fetchAndUnpack(machine, url, folder);
  const file = ['napi-v8/tfjs_binding.node', 'tfjs_binding.node']
    .map((path) => join(folder, path))
    .find((path) => existsSync(path));
  if (!file) throw new SetupProblem(`${url} holds no binding`, 'Report this: the archive is not as it was.');
  renameSync(file, join(staging, BINDING));
}

async function fetchAndUnpack(machine, url, folder) {
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, 'archive');
  await download(url, archive);
  // tar is part of Linux, macOS and Windows (10 and later, where it also reads zip).
  const result = await run('tar', ['-xf', archive, '-C', folder], { env: machine.env });
  rmSync(archive);
  if (result.missing) throw new SetupProblem('the program tar was not found', 'Install tar and start again.');
  if (saysDiskFull(result.stderr))
    throw new SetupProblem('the disk is full (while unpacking)', 'Free some space and start again.');
  if (result.code !== 0)
    throw new SetupProblem(
      `${url} is damaged: ${lastLine(result.stderr)}`,
      'Start again to download it anew.',
    );
}
