/** The Electron shell, run to its end. */
import { spawn } from 'node:child_process';
import { readEvents, sentenceFor } from './app-events.mjs';
import { isRootOnLinux } from './browser.mjs';
import { endWithUs } from './processes.mjs';

/**
 * Runs the app in Electron until it is closed.
 * @param {import('./machine.mjs').Machine} machine
 * @param {string} binary
 * @returns {Promise<{code: number, started: boolean}>} `started` is false if it ended without ever having spoken
 */
export function openElectron(machine, binary) {
  // Set by editors that are Electron apps themselves; it would make Electron a plain Node.
  const env = { ...machine.env, ELECTRON_RUN_AS_NODE: undefined };
  const args = [...(isRootOnLinux() ? ['--no-sandbox'] : []), machine.root];
  const child = spawn(binary, args, { cwd: machine.root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const release = endWithUs([child]);
  let started = false;
  readEvents(child.stdout, (event) => {
    started = true;
    const sentence = sentenceFor(event);
    if (sentence) console.log(sentence);
  });
  return new Promise((done) => {
    const finish = (code) => {
      release();
      done({ code, started });
    };
    child.once('error', () => finish(1));
    child.once('close', (code) => finish(code ?? 0));
  });
}
