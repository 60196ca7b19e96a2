import type { DatabaseSync } from 'node:sqlite';

/** What is wrong inside the database file, one sentence each; empty when it is sound. */
export function databaseProblems(db: DatabaseSync): string[] {
  const integrity = db
    .prepare('PRAGMA integrity_check(10)')
    .all()
    .map((row) => String(row.integrity_check))
    .filter((message) => message !== 'ok');
  const orphans = db.prepare('PRAGMA foreign_key_check').all().length;
  return orphans === 0 ? integrity : [...integrity, `${orphans} rows refer to rows that do not exist`];
}

/** Version of the SQLite library, such as "3.53.4". */
export function sqliteVersion(db: DatabaseSync): string {
  return String(db.prepare('SELECT sqlite_version() AS version').get()?.version);
}
