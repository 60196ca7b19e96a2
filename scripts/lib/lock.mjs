/** One set-up at a time: two starts in two terminals must not install over each other. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const CHECK_EVERY_MS = 200;

/**
 * Runs `work` while holding the checkout's lock; waits as long as a living process holds it.
 * @template T
 * @param {import('./machine.mjs').Machine} machine
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(machine, work) {
  const path = join(machine.root, '.cache/set-up.lock');
  mkdirSync(dirname(path), { recursive: true });
  for (let waited = false; !take(path); waited = true) {
    const holder = Number(readOrEmpty(path));
    if (!isAlive(holder)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!waited) machine.say(`Another set-up is running (process ${holder}); waiting for it.`);
    await pause(CHECK_EVERY_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** Links a file that has its content already, so that nobody ever reads a lock without a process id. */
function take(path) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Whether a process with this id lives; signal 0 only asks. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
