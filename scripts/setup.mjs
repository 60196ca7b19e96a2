#!/usr/bin/env node
/** npm run setup: gets everything ready to run, opens nothing. */
import { ensureElectron } from './lib/electron.mjs';
import { thisMachine } from './lib/machine.mjs';
import { runMain } from './lib/problem.mjs';
import { ensureReady } from './lib/set-up.mjs';

await runMain(async () => {
  const machine = thisMachine();
  const worked = await ensureReady(machine);
  const electron = await ensureElectron(machine, { again: true });
  if (!electron.path)
    machine.say(`Electron: ${electron.why}. The app will open in a browser window instead.`);
  machine.say(worked ? 'Ready. "npm start" opens the app.' : 'Everything was ready already.');
});
