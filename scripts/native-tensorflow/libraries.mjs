/** TensorFlow's libraries as pip and libtensorflow name them, put under the names that the binding asks for. */
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem } from '../lib/problem.mjs';
import { requireArchitecture } from './architecture.mjs';
import { linkOrCopy } from './link-files.mjs';
import { LIBRARIES } from './tree.mjs';

/** Links that the binding needs -> what they may point to, best first. */
const WANTED = {
  linux: [['libtensorflow.so.2', 'libtensorflow_cc.so.2'], ['libtensorflow_framework.so.2']],
  darwin: [['libtensorflow.2.dylib', 'libtensorflow_cc.2.dylib'], ['libtensorflow_framework.2.dylib']],
};
const SHORT_NAMES = {
  linux: ['libtensorflow.so', 'libtensorflow_framework.so'],
  darwin: ['libtensorflow.dylib', 'libtensorflow_framework.dylib'],
};

/**
 * Brings the libraries of the folder `from` into the tree, with the links that linker and loader look for.
 * @param {import('../lib/machine.mjs').Machine} machine
 * @param {string} from
 * @param {string} tree
 */
export function bringLibraries(machine, from, tree) {
  for (const [index, names] of (WANTED[machine.platform] ?? []).entries()) {
    const name = names.find((candidate) => existsSync(join(from, candidate)));
    if (!name)
      throw new SetupProblem(
        `${from} holds no ${names.join(' or ')}`,
        'Check that it is a whole TensorFlow library.',
      );
    requireArchitecture(join(from, name), machine);
    // A name like libtensorflow.so.2 may itself link to libtensorflow.so.2.9.1: everything of that name comes along.
    for (const file of readdirSync(from).filter((other) => other.startsWith(name)))
      linkOrCopy(join(from, file), join(tree, LIBRARIES, file));
    symlinkSync(name, join(tree, LIBRARIES, SHORT_NAMES[machine.platform][index]));
  }
}
