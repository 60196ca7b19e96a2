#!/usr/bin/env node
/** npm run cli -- COMMAND, or npx digit-studio COMMAND: the command line, on Node 24, in the folder it was typed in. */
import { join } from 'node:path';
import { thisMachine } from './lib/machine.mjs';
import { runMain } from './lib/problem.mjs';
import { runInForeground } from './lib/run.mjs';
import { ensureReady } from './lib/set-up.mjs';

await runMain(async () => {
  const machine = thisMachine();
  await ensureReady(machine);
  // npm runs scripts in the checkout; the paths a person types are meant from where they stand.
  const cwd = process.env.npm_lifecycle_event === 'cli' ? process.env.INIT_CWD : undefined;
  return runInForeground(machine.node, [join(machine.root, 'out/main/cli.js'), ...process.argv.slice(2)], {
    cwd,
  });
});
