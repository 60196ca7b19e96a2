/** Step 1: the npm packages, exactly as locked, and the Node 24 that runs everything after. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupProblem } from './problem.mjs';
import { run, saysDiskFull, saysNoConnection } from './run.mjs';
import { readJson, recall, remember } from './state.mjs';

/** What npm has in its cache needs no network; without a network it gives up in seconds, not minutes. */
const NPM_OPTIONS = [
  '--prefer-offline',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
  '--loglevel=error',
  '--no-audit',
  '--no-fund',
];

/** How much of npm's own explanation is worth showing: it begins with the reason. */
const DETAIL_LINES = 4;

/**
 * Whether the installed packages are those of package-lock.json.
 * @param {import('./machine.mjs').Machine} machine
 */
export function packagesAreReady(machine) {
  if (!existsSync(machine.node)) return false;
  if (recall(machine.root, 'packages')?.lock === lockHash(machine)) return true;
  if (!matchesLock(machine.root)) return false;
  remember(machine.root, 'packages', { lock: lockHash(machine) });
  return true;
}

/**
 * Installs the packages. Their install scripts do not run (tfjs-node's would download without asking), but for
 * the one that places Node 24; this way npm 10 and 11 do the same.
 * @param {import('./machine.mjs').Machine} machine
 */
export async function installPackages(machine) {
  machine.say('Installing packages (once, about a minute) …');
  await npm(machine, ['ci', '--ignore-scripts']);
  await npm(machine, ['rebuild', 'node', '--no-ignore-scripts']);
  if (!existsSync(machine.node))
    throw new SetupProblem(
      `npm did not place Node 24 at ${machine.node}.`,
      'Run "npm rebuild node --loglevel=notice" to see why.',
    );
  remember(machine.root, 'packages', { lock: lockHash(machine) });
}

/** Runs npm's own program where it is known: Windows cannot start its wrapper, npm.cmd, without a shell. */
async function npm(machine, args) {
  const beside = join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js');
  const cli = [machine.env.npm_execpath, machine.platform === 'win32' ? beside : undefined].find((path) =>
    path?.endsWith('npm-cli.js'),
  );
  const [command, ...before] = cli ? [process.execPath, cli] : ['npm'];
  const all = [...before, ...args, ...NPM_OPTIONS];
  const result = await run(command, all, { cwd: machine.root, env: machine.env });
  if (result.code !== 0) throw npmProblem(result, args[0]);
}

function npmProblem(result, task) {
  const text = result.stderr + result.stdout;
  if (result.missing)
    return new SetupProblem('npm was not found.', 'Install Node.js 20 or newer; npm comes with it.');
  if (saysDiskFull(text))
    return new SetupProblem('The disk is full: the packages do not fit.', 'Free about 2 GB and start again.');
  if (saysNoConnection(text))
    return new SetupProblem(
      'The packages cannot be downloaded: the npm registry cannot be reached.',
      'Connect to the internet once and start again; later starts work offline.',
    );
  const lines = text.split('\n').map((line) => line.replace(/^npm (error|ERR!)/, '').trim());
  const detail = lines.filter(Boolean).slice(0, DETAIL_LINES).join('\n  ');
  return new SetupProblem(`npm ${task} failed:\n  ${detail}`, 'Mend that and start again.');
}

function lockHash({ root, platform, arch }) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(`${platform}-${arch}\n`).update(lock).digest('hex');
}

/** Compares npm's record of what is installed with what is locked; packages for other platforms may be absent. */
function matchesLock(root) {
  const locked = readJson(join(root, 'package-lock.json'))?.packages;
  const installed = readJson(join(root, 'node_modules/.package-lock.json'))?.packages;
  if (!locked || !installed) return false;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    return found
      ? found.version === entry.version
      : Boolean(entry.optional || entry.devOptional || entry.peer);
  });
}
