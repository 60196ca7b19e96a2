/** The web shell, run to its end: a server on this machine, with or without a browser window of its own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readEvents, sentenceFor } from './app-events.mjs';
import { isRootOnLinux, windowArguments } from './browser.mjs';
import { end, endWithUs } from './processes.mjs';
import { takeProfile } from './profile.mjs';

/**
 * Serves until the window is closed, the server ends or Ctrl+C.
 * @param {import('./machine.mjs').Machine} machine
 * @param {{browser?: string, args?: string[]}} options `browser`: opens its window; `args`: for the server
 * @returns {Promise<number>} the server's exit code; 0 when it was we who ended it
 */
export function openWeb(machine, { browser, args = [] }) {
  const script = join(machine.root, 'out/main/web.js');
  // Some browsers live on when their last window is closed, so the server watches its pages too.
  const all = browser ? [...args, '--exit-with-page'] : args;
  const server = spawn(machine.node, [script, ...all], {
    env: machine.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const children = [server];
  const release = endWithUs(children);
  readEvents(server.stdout, (event) => {
    const sentence = sentenceFor(event);
    if (sentence) console.log(sentence);
    if (event.event === 'listening' && browser)
      children.push(openWindow(machine, { browser, url: event.url, server }));
    else if (event.event === 'listening')
      console.log(`Open ${event.url} in a browser on this machine. Ctrl+C ends it.`);
    else if (event.event === 'nextAddress' && !browser) console.log(`For another browser: ${event.url}`);
  });
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.once('close', (code) => {
      children.slice(1).forEach(end);
      release();
      done(code ?? 0);
    });
  });
}

/** Opens the window; closing it ends the server. If the browser does not start, the address is still good. */
function openWindow(machine, { browser, url, server }) {
  const args = windowArguments({ url, profile: takeProfile(machine), asRoot: isRootOnLinux() });
  // Browsers write pages of warnings to stderr that mean nothing to the person.
  const window = spawn(browser, args, { env: machine.env, stdio: 'ignore' });
  window.once('error', () =>
    console.log(`${browser} did not start. Open ${url} in a browser on this machine.`),
  );
  window.once('exit', (code) => {
    if (code === 0 || server.exitCode !== null) end(server);
    else
      console.log(
        `The window ended with an error. Open ${url} in a browser on this machine; Ctrl+C ends it.`,
      );
  });
  return window;
}
