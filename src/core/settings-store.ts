/** The person's settings, in the database so that every shell of a home shares them. */
import type { DatabaseSync } from 'node:sqlite';
import { settingsSchema, type Settings } from '../shared/domain/app.ts';
import { transaction } from './storage/transaction.ts';

export interface SettingsStore {
  get(): Settings;
  /** Stores the settings given, keeps the others, and gives all. */
  update(changes: Partial<Settings>): Settings;
}

/** Reads and writes the settings in `db`. */
export function createSettingsStore(db: DatabaseSync): SettingsStore {
  const all = db.prepare('SELECT key, value FROM settings');
  const put = db.prepare(
    'INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );

  function get(): Settings {
    const stored = Object.fromEntries(
      all.all().map(({ key, value }) => [String(key), JSON.parse(String(value)) as unknown]),
    );
    const settings = settingsSchema.safeParse(stored);
    // A value of a newer version that this one does not know must not keep the app from starting.
    return settings.success ? settings.data : settingsSchema.parse({});
  }

  return {
    get,
    update(changes) {
      transaction(db, () => {
        for (const [key, value] of Object.entries(changes))
          if (value !== undefined) put.run(key, JSON.stringify(value));
      });
      return get();
    },
  };
}
