/**
 * Tells whether the process that trains a run is still there. The operating system gives up a file lock when its process
 * ends, however it ends; a stored process number could belong to another program by now.
 */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';

const LOCK_FILE = 'lock';
const SQLITE_BUSY = 5;

/** Takes the lock of the run in `folder` and gives what releases it; null when another process (or run) has it. */
export function lockRun(folder: string): (() => void) | null {
  // SQLite is the portable file lock that Node has on board.
  const lock = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
}
