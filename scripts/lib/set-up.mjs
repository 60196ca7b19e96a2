/** Everything between a fresh clone and an app that runs; each step only if it is not done already. */
import { ensureNativeTensorflow, nativeTensorflowIsReady } from '../native-tensorflow/index.mjs';
import { APP, STARTER_DATA, build, isFresh } from './build.mjs';
import { withLock } from './lock.mjs';
import { installPackages, packagesAreReady } from './packages.mjs';
import { SetupProblem } from './problem.mjs';

const OLDEST_NODE = 20;

/** The steps in order; later ones need the earlier ones. Asking whether one is done takes a few milliseconds. */
const STEPS = [
  { isDone: packagesAreReady, act: installPackages },
  { isDone: nativeTensorflowIsReady, act: ensureNativeTensorflow },
  { isDone: (machine) => isFresh(machine, STARTER_DATA), act: (machine) => build(machine, STARTER_DATA) },
  { isDone: (machine) => isFresh(machine, APP), act: (machine) => build(machine, APP) },
];

/**
 * Does what is left to do.
 * @param {import('./machine.mjs').Machine} machine
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function ensureReady(machine) {
  const running = process.versions.node;
  if (Number.parseInt(running) < OLDEST_NODE)
    throw new SetupProblem(
      `Digit Studio needs Node.js ${OLDEST_NODE} or newer; this is ${running}.`,
      'Install a newer Node.js and start again.',
    );
  if (STEPS.every((step) => step.isDone(machine))) return false;
  await withLock(machine, async () => {
    for (const step of STEPS) if (!step.isDone(machine)) await step.act(machine);
  });
  return true;
}
