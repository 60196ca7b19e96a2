#!/usr/bin/env node
/** npm start: gets everything ready and opens the app in the best shell this machine has. */
import { parseArgs } from 'node:util';
import { findBrowser } from './lib/browser.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { thisMachine } from './lib/machine.mjs';
import { openElectron } from './lib/open-electron.mjs';
import { openWeb } from './lib/open-web.mjs';
import { runMain } from './lib/problem.mjs';
import { ensureReady } from './lib/set-up.mjs';
import { chooseShell, hasScreen } from './lib/shell-choice.mjs';

const USAGE = `npm start -- [--no-open] [--shell electron|browser] [--port N]
  --no-open   serve and print the address, open nothing
  --shell     the shell to use; without it Electron, else an installed browser
  --port      the port to serve on; without it any free one`;

/** The options, or the exit code if there is nothing more to do. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'no-open': { type: 'boolean', default: false },
        shell: { type: 'string', default: 'auto' },
        port: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (!['auto', 'electron', 'browser'].includes(values.shell))
      throw new Error(`--shell must be electron or browser, not "${values.shell}"`);
    if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65535))
      throw new Error(`--port must be 0 to 65535, not "${values.port}"`);
    if (!values.help) return values;
    console.log(USAGE);
    return 0;
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${USAGE}\n`);
    return 2;
  }
}

await runMain(async () => {
  const options = readOptions();
  if (typeof options === 'number') return options;
  const machine = thisMachine();
  await ensureReady(machine);
  const situation = { wanted: options.shell, open: !options['no-open'], hasScreen: hasScreen(machine) };
  const wantsElectron = situation.open && situation.hasScreen && options.shell !== 'browser';
  // Without a screen Electron is of no use, so nothing is downloaded for it.
  const electron = wantsElectron
    ? await ensureElectron(machine)
    : { path: undefined, why: 'it was not looked for' };
  const browser = findBrowser(machine);
  let choice = chooseShell({ ...situation, electron, browser });
  console.log(choice.line);
  if (choice.kind === 'electron') {
    const { code, started } = await openElectron(machine, electron.path);
    if (started || code === 0) return code;
    choice = chooseShell({ ...situation, electron: { why: `it ended at once with code ${code}` }, browser });
    console.log(choice.line);
  }
  const args = options.port === undefined ? [] : ['--port', options.port];
  return openWeb(machine, { browser: choice.kind === 'window' ? browser : undefined, args });
});
