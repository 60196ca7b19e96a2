/** Electron's binary: whether it is there, and one try to get it. npm does not download it, and many machines cannot. */
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { lastLine, run, saysDiskFull, saysNoConnection } from './run.mjs';
import { readJson, recall, remember } from './state.mjs';

const CONNECT_MS = 5_000;
const DOWNLOAD_SECONDS = 300;
/** A failed try is not repeated for a day, so that a second start does not wait. */
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * @typedef {{path: string} | {path: undefined, why: string}} Electron the binary, or why there is none
 */

/**
 * The binary, if the version that the package asks for is installed.
 * @param {import('./machine.mjs').Machine} machine
 * @returns {string | undefined}
 */
export function electronBinary({ root, env }) {
  const folder = join(root, 'node_modules/electron');
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist');
  const name = readOrUndefined(join(folder, 'path.txt'));
  const installed = readOrUndefined(join(folder, 'dist/version'))?.replace(/^v/, '').trim();
  if (!name || installed !== electronVersion(root)) return undefined;
  const path = join(dist, name);
  return existsSync(path) ? path : undefined;
}

/** The version that the package `electron` stands for. */
export const electronVersion = (root) => readJson(join(root, 'node_modules/electron/package.json'))?.version;

/**
 * Gets the binary unless it is there. `again` also tries when an earlier try failed not long ago.
 * @param {import('./machine.mjs').Machine} machine
 * @param {{again?: boolean, now?: number}} [options]
 * @returns {Promise<Electron>}
 */
export async function ensureElectron(machine, { again = false, now = Date.now() } = {}) {
  const path = electronBinary(machine);
  if (path) return { path };
  const version = electronVersion(machine.root);
  const failed = recall(machine.root, 'electron');
  const isRecent = failed?.version === version && now - failed.at < RETRY_AFTER_MS;
  if (isRecent && !again) return { path: undefined, why: failed.why };
  const why = await tryDownload(machine);
  const got = electronBinary(machine);
  if (got) return { path: got };
  remember(machine.root, 'electron', { version, why, at: now });
  return { path: undefined, why };
}

/** Downloads with Electron's own script; gives the reason if that fails. */
async function tryDownload(machine) {
  const { root, env } = machine;
  const mirror = env.ELECTRON_MIRROR || env.npm_config_electron_mirror || 'https://github.com/';
  const hasProxy = Object.keys(env).some((name) => /^(https?|all|global_agent_https?)_proxy$/i.test(name));
  // The script itself would retry for a minute. A proxy may know a way that we do not see.
  if (!hasProxy && !(await canConnect(new URL(mirror))))
    return `its binary is not installed and ${new URL(mirror).host} cannot be reached to download it`;
  machine.say('Downloading Electron (once, about 120 MB) …');
  const script = join(root, 'node_modules/electron/install.js');
  const result = await run(machine.node, [script], { cwd: root, env, seconds: DOWNLOAD_SECONDS });
  if (result.timedOut) return `its download took longer than ${DOWNLOAD_SECONDS / 60} minutes`;
  if (saysDiskFull(result.stderr)) return 'its binary does not fit on the disk';
  if (saysNoConnection(result.stderr))
    return 'its binary is not installed and cannot be downloaded (no connection)';
  const error = result.stderr.split('\n').find((line) => /error/i.test(line)) ?? lastLine(result.stderr);
  return `its binary could not be downloaded (${error.trim() || `exit code ${result.code}`})`;
}

function canConnect({ protocol, hostname, port }) {
  return new Promise((done) => {
    const socket = connect({ host: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) });
    const finish = (can) => {
      socket.destroy();
      done(can);
    };
    socket.setTimeout(CONNECT_MS, () => finish(false));
    socket.once('connect', () => finish(true)).once('error', () => finish(false));
  });
}

function readOrUndefined(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
