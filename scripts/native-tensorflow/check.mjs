/** Proves that a native tree works: loads it in a child process and runs one op. A crash costs only the child. */
import { join } from 'node:path';
import { SetupProblem } from '../lib/problem.mjs';
import { lastLine, run } from '../lib/run.mjs';
import { BINDING } from './tree.mjs';

const CHECK_SECONDS = 60;

/** Adds [1, 2] to itself through the bare binding: no tfjs is needed, so a tree can be checked where it was made. */
const PROGRAM = `
const binding = require(process.argv[1]);
const input = binding.createTensor([2], binding.TF_FLOAT, Float32Array.of(1, 2));
const type = { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
const [output] = binding.executeOp('Add', [type], [input, input], 1);
const sums = Array.from(binding.tensorDataSync(output.id));
if (sums[0] !== 2 || sums[1] !== 4) throw new Error('1 + 1 and 2 + 2 gave ' + sums);
console.log('TensorFlow ' + binding.TF_Version);
`;

/**
 * TensorFlow's version, or a problem that says why the tree does not work.
 * @param {import('../lib/machine.mjs').Machine} machine
 * @param {string} tree
 * @returns {Promise<string>}
 */
export async function checkTree(machine, tree) {
  const env = { ...machine.env, TF_CPP_MIN_LOG_LEVEL: '2' };
  const result = await run(machine.node, ['-e', PROGRAM, join(tree, BINDING)], {
    env,
    seconds: CHECK_SECONDS,
  });
  const version = /^TensorFlow (\S+)$/m.exec(result.stdout)?.[1];
  if (result.code === 0 && version) return version;
  const error = result.stderr.split('\n').find((line) => /^\w*Error: /.test(line)) ?? lastLine(result.stderr);
  throw new SetupProblem(
    `the library does not work here: ${error.replace(/^\w*Error: /, '') || 'it crashed'}`,
    'Try another source, or report this with the line above.',
  );
}
