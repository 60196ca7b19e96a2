import type { Migration } from './migration.ts';

/**
 * Times are milliseconds since 1970. Pixels and strokes live in tables of their own, so that filtering and counting
 * 800,000 samples reads narrow rows and indexes, never images.
 */
export const initialSchema: Migration = {
  version: 1,
  sql: `
    CREATE TABLE datasets (
      id         INTEGER PRIMARY KEY,
      name       TEXT NOT NULL UNIQUE,
      source     TEXT NOT NULL,
      built_in   INTEGER NOT NULL DEFAULT 0 CHECK (built_in IN (0, 1)),
      created_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE classes (
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      position   INTEGER NOT NULL,
      label      TEXT NOT NULL,
      PRIMARY KEY (dataset_id, position),
      UNIQUE (dataset_id, label)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE samples (
      id         INTEGER PRIMARY KEY,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      -- Position of the class in the dataset; NULL: not labelled yet.
      class      INTEGER,
      split      TEXT NOT NULL CHECK (split IN ('train', 'test', 'unassigned')),
      flags      INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      source     TEXT,
      FOREIGN KEY (dataset_id, class) REFERENCES classes (dataset_id, position)
    ) STRICT;
    -- Walks a split in insertion order (an index ends with the row's id).
    CREATE INDEX samples_by_split ON samples (dataset_id, split);
    -- Filters by class without touching the rows.
    CREATE INDEX samples_by_class ON samples (dataset_id, class, split);

    -- Samples per dataset, split and class, kept by triggers: counting 800,000 rows would hold up the app. Class -1: unlabelled.
    CREATE TABLE sample_counts (
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      split      TEXT NOT NULL,
      class      INTEGER NOT NULL,
      count      INTEGER NOT NULL,
      PRIMARY KEY (dataset_id, split, class)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER count_added_sample AFTER INSERT ON samples BEGIN
      INSERT INTO sample_counts VALUES (new.dataset_id, new.split, coalesce(new.class, -1), 1)
      ON CONFLICT DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER count_removed_sample AFTER DELETE ON samples BEGIN
      UPDATE sample_counts SET count = count - 1
      WHERE dataset_id = old.dataset_id AND split = old.split AND class = coalesce(old.class, -1);
    END;
    CREATE TRIGGER count_changed_sample AFTER UPDATE OF dataset_id, split, class ON samples BEGIN
      UPDATE sample_counts SET count = count - 1
      WHERE dataset_id = old.dataset_id AND split = old.split AND class = coalesce(old.class, -1);
      INSERT INTO sample_counts VALUES (new.dataset_id, new.split, coalesce(new.class, -1), 1)
      ON CONFLICT DO UPDATE SET count = count + 1;
    END;

    CREATE TABLE sample_pixels (
      sample_id INTEGER PRIMARY KEY REFERENCES samples (id) ON DELETE CASCADE,
      pixels    BLOB NOT NULL CHECK (length(pixels) = 784)
    ) STRICT;

    CREATE TABLE sample_strokes (
      sample_id INTEGER PRIMARY KEY REFERENCES samples (id) ON DELETE CASCADE,
      strokes   TEXT NOT NULL
    ) STRICT;

    CREATE TABLE runs (
      id                TEXT PRIMARY KEY,
      name              TEXT NOT NULL,
      status            TEXT NOT NULL
        CHECK (status IN ('preparing', 'training', 'stopping', 'finished', 'stopped', 'failed')),
      dataset           TEXT NOT NULL,
      recipe            TEXT NOT NULL,
      config            TEXT NOT NULL,
      validation_split  REAL NOT NULL,
      fingerprint       TEXT,
      best_epoch        INTEGER,
      model             TEXT,
      started_at        INTEGER NOT NULL,
      seconds           REAL NOT NULL DEFAULT 0,
      images_per_second REAL NOT NULL DEFAULT 0,
      peak_rss_bytes    INTEGER NOT NULL DEFAULT 0,
      error             TEXT
    ) STRICT;
    CREATE INDEX runs_by_status ON runs (status);

    CREATE TABLE run_epochs (
      run_id            TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      epoch             INTEGER NOT NULL,
      loss              REAL NOT NULL,
      accuracy          REAL NOT NULL,
      val_loss          REAL,
      val_accuracy      REAL,
      learning_rate     REAL NOT NULL,
      seconds           REAL NOT NULL,
      images_per_second REAL NOT NULL,
      PRIMARY KEY (run_id, epoch)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE models (
      id         TEXT PRIMARY KEY,
      name       TEXT NOT NULL UNIQUE,
      folder     TEXT NOT NULL UNIQUE,
      checksum   TEXT NOT NULL,
      bytes      INTEGER NOT NULL,
      card       TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE settings (
      key   TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
