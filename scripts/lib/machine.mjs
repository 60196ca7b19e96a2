/** What set-up and start use of the machine they run on; tests hand in a machine of their own. */
import { statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Machine
 * @property {string} root the checkout
 * @property {Record<string, string | undefined>} env
 * @property {string} platform as in process.platform
 * @property {string} arch as in process.arch
 * @property {string} node the Node 24 that runs the app, placed by the package `node`
 * @property {string} cache a folder outside the checkout for what is slow to get and may be deleted at any time
 * @property {(folder: string) => number} freeBytes room left on the disk of an existing folder, in bytes
 * @property {(line: string) => void} say tells the person one line
 */

/**
 * The machine this process runs on. Lines go to stderr: stdout belongs to the command that is started.
 * @param {Partial<Machine>} [overrides]
 * @returns {Machine}
 */
export function thisMachine(overrides = {}) {
  const { env, platform, arch } = { ...process, ...overrides };
  const root = overrides.root ?? resolve(dirname(fileURLToPath(import.meta.url)), '../..');
  return {
    root,
    env,
    platform,
    arch,
    node: join(root, 'node_modules/node/bin', platform === 'win32' ? 'node.exe' : 'node'),
    cache: cacheFolder(env, platform),
    freeBytes,
    say: (line) => void process.stderr.write(`${line}\n`),
    ...overrides,
  };
}

/** Where this platform keeps caches; $DIGIT_STUDIO_CACHE wins. */
function cacheFolder(env, platform) {
  if (env.DIGIT_STUDIO_CACHE) return resolve(env.DIGIT_STUDIO_CACHE);
  const home = env.HOME || homedir();
  if (platform === 'win32')
    return join(env.LOCALAPPDATA || join(home, 'AppData/Local'), 'digit-studio', 'Cache');
  if (platform === 'darwin') return join(home, 'Library/Caches/digit-studio');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'digit-studio');
}

function freeBytes(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
