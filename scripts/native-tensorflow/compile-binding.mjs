/** Compiles tfjs-node's binding against a TensorFlow library: one N-API file that serves every Node and Electron. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem } from '../lib/problem.mjs';
import { lastLine, run, saysDiskFull } from '../lib/run.mjs';
import { BINDING, LIBRARIES, tfjsFolder } from './tree.mjs';

const COMPILE_SECONDS = 300;
const SOURCES = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'];

/** What the linker is told: Node's own symbols come at load time, the library lies two folders up. */
const LINK = {
  linux: ['-shared', '-Wl,-rpath,$ORIGIN/../../deps/lib'],
  darwin: ['-bundle', '-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../../deps/lib'],
};

const GET_COMPILER = {
  linux: 'Install a C++ compiler (Debian, Ubuntu: apt-get install g++; Fedora: dnf install gcc-c++).',
  darwin: 'Install the command line tools: xcode-select --install.',
};

/**
 * Compiles the binding into the tree, which has TensorFlow's libraries in place already.
 * @param {import('../lib/machine.mjs').Machine} machine
 * @param {string} tree
 * @param {string} include the folder that holds tensorflow/c/c_api.h
 */
export async function compileBinding(machine, tree, include) {
  const link = LINK[machine.platform];
  if (!link)
    throw new SetupProblem(
      `the binding cannot be compiled on ${machine.platform}`,
      'Connect to the internet once: the official download needs no compiler.',
    );
  const compiler = await findCompiler(machine);
  machine.say('TensorFlow: compiling the binding …');
  const binding = join(tree, BINDING);
  const args = ['-std=c++17', '-O2', '-fPIC', '-w', '-DNAPI_VERSION=8', ...SOURCES, '-I.', `-I${include}`];
  args.push(
    `-I${nodeHeaders(machine)}`,
    `-L${join(tree, LIBRARIES)}`,
    '-ltensorflow',
    '-ltensorflow_framework',
  );
  const result = await run(compiler, [...args, ...link, '-o', binding], {
    cwd: tfjsFolder(machine.root),
    env: machine.env,
    seconds: COMPILE_SECONDS,
  });
  if (result.code === 0 && existsSync(binding)) return;
  rmSync(binding, { force: true });
  if (saysDiskFull(result.stderr))
    throw new SetupProblem('the disk is full (while compiling)', 'Free some space and start again.');
  const error =
    result.stderr.split('\n').find((line) => /error|undefined/i.test(line)) ?? lastLine(result.stderr);
  throw new SetupProblem(
    `${compiler} could not compile the binding: ${error}`,
    GET_COMPILER[machine.platform],
  );
}

async function findCompiler(machine) {
  for (const name of [machine.env.CXX, 'g++', 'clang++', 'c++']) {
    if (name && (await run(name, ['--version'], { env: machine.env })).code === 0) return name;
  }
  throw new SetupProblem('no C++ compiler was found', GET_COMPILER[machine.platform]);
}

function nodeHeaders({ root }) {
  const folder = join(root, 'node_modules/node-api-headers/include');
  if (existsSync(join(folder, 'node_api.h'))) return folder;
  throw new SetupProblem(
    'the package node-api-headers is not installed',
    'Run "npm ci --ignore-scripts --loglevel=notice" and start again.',
  );
}
