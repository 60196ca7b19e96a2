/** A Chromium for the browser tests: an installed one, else Debian's, else Playwright's own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, isRootOnLinux } from './browser.mjs';
import { SetupProblem } from './problem.mjs';
import { run } from './run.mjs';

/**
 * Makes sure that playwright.config.ts will find a browser.
 * @param {import('./machine.mjs').Machine} machine
 */
export async function ensureChromium(machine) {
  if (findBrowser(machine) || (await hasPlaywrightBrowser(machine))) return;
  if (isRootOnLinux() && (await installFromDebian(machine)) && findBrowser(machine)) return;
  machine.say("Installing Playwright's Chromium (once) …");
  const cli = join(machine.root, 'node_modules/@playwright/test/cli.js');
  const result = await run(machine.node, [cli, 'install', 'chromium'], {
    env: machine.env,
    cwd: machine.root,
  });
  if (result.code === 0) return;
  throw new SetupProblem(
    'The browser tests need Chromium: none is installed, and none could be downloaded.',
    'Install Chromium, Chrome or Edge (Debian: apt-get install chromium), or name one in $DIGIT_STUDIO_BROWSER.',
  );
}

async function hasPlaywrightBrowser({ root, node, env }) {
  const program = "console.log(require('@playwright/test').chromium.executablePath())";
  const result = await run(node, ['-e', program], { cwd: root, env });
  return result.code === 0 && existsSync(result.stdout.trim());
}

async function installFromDebian(machine) {
  const env = { ...machine.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () => run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  machine.say('Installing Chromium with apt-get (once) …');
  if ((await install()).code === 0) return true;
  // The package lists of a fresh machine are empty or old.
  const update = await run('apt-get', ['update'], { env });
  return !update.missing && (await install()).code === 0;
}
