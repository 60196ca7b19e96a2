/** Running other programs. */
import { spawn } from 'node:child_process';

/**
 * @typedef {object} RunResult
 * @property {number} code exit code; 127 if the program is not there, 1 if a signal ended it
 * @property {boolean} missing whether the program is not there
 * @property {boolean} timedOut whether the time limit ended it
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a program to its end and gives its exit code and output; never throws for a program that fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>, seconds?: number, show?: boolean}} [options]
 *   `seconds`: time limit; `show`: what it prints also goes to our stderr while it runs
 * @returns {Promise<RunResult>}
 */
export function run(command, args, options = {}) {
  const { cwd, env = process.env, seconds, show = false } = options;
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const output = { stdout: '', stderr: '' };
    let timedOut = false;
    const timer = seconds && setTimeout(() => ((timedOut = true), child.kill('SIGKILL')), seconds * 1000);
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        output[stream] += text;
        if (show) process.stderr.write(text);
      });
    }
    const finish = (code, missing = false) => {
      clearTimeout(timer);
      done({ code, missing, timedOut, ...output });
    };
    child.once('error', (error) => {
      output.stderr += error.message;
      finish(127, error.code === 'ENOENT');
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/**
 * Runs a program in the foreground, as if typed: it has our terminal, signals reach it, its exit code is the result.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>}} [options]
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, { cwd, env = process.env } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    // The terminal sends Ctrl+C to both of us; `kill` sends its signal to us alone. Either way the child decides.
    const forward = (signal) => void child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
    child.once('error', failed);
    child.once('close', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, forward);
      done(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

/**
 * The last line of a program's output that says something: usually its error.
 * @param {string} text
 */
export function lastLine(text) {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}

const NO_CONNECTION =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|CONNECT_TIMEOUT|Temporary failure in name resolution|Name or service not known|NewConnectionError|ConnectTimeout|Network is unreachable|ProxyError/;

/** Whether a program's output says that it could not reach the network. */
export const saysNoConnection = (text) => NO_CONNECTION.test(text);

/** Whether a program's output says that the disk is full. */
export const saysDiskFull = (text) =>
  /ENOSPC|No space left on device|not enough space|Disk quota/i.test(text);
