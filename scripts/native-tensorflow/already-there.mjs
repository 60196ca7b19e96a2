/** Source 1: a tree that is in tfjs-node already, from an earlier set-up or tfjs-node's own installer. */
import { SetupProblem } from '../lib/problem.mjs';
import { checkTree } from './check.mjs';
import { isComplete, tfjsFolder } from './tree.mjs';

/**
 * TensorFlow's version, if the tree that is there works.
 * @param {import('../lib/machine.mjs').Machine} machine
 */
export async function checkAlreadyThere(machine) {
  const tfjs = tfjsFolder(machine.root);
  if (!isComplete(tfjs, machine.platform))
    throw new SetupProblem('nothing is installed', 'Set-up installs it.');
  return checkTree(machine, tfjs);
}
