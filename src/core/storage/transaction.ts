import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` as one write transaction: all of it is stored, or nothing. */
export function transaction<Result>(db: DatabaseSync, work: () => Result): Result {
  // IMMEDIATE takes the write lock at once, so that what `work` reads cannot change before it writes.
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has already rolled back after errors such as a full disk.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
