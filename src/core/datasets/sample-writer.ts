/** Adds datasets and samples to the database; call inside a transaction. */
import type { DatabaseSync } from 'node:sqlite';
import type { Split } from '../../shared/domain/dataset.ts';
import type { DatasetRecord } from './dataset-store.ts';

export interface NewSample {
  /** `[784]` bytes, ink 255. */
  pixels: Uint8Array;
  /** Class index, or null when it is not labelled. */
  label: number | null;
  split: Split;
}

/** Adds an empty dataset and gives its id. */
export function insertDataset(db: DatabaseSync, dataset: Omit<DatasetRecord, 'id'>): number {
  const { name, source, builtIn, createdAt } = dataset;
  const { lastInsertRowid } = db
    .prepare('INSERT INTO datasets (name, source, built_in, created_at) VALUES (?, ?, ?, ?)')
    .run(name, source, builtIn ? 1 : 0, createdAt);
  const insertClass = db.prepare('INSERT INTO classes (dataset_id, position, label) VALUES (?, ?, ?)');
  dataset.classes.forEach((label, position) => insertClass.run(lastInsertRowid, position, label));
  return Number(lastInsertRowid);
}

/** Makes the function that adds one sample to a dataset; its statements are prepared once. */
export function createSampleWriter(
  db: DatabaseSync,
  datasetId: number,
  createdAt: number,
): (sample: NewSample) => void {
  const insertSample = db.prepare(
    'INSERT INTO samples (dataset_id, class, split, created_at) VALUES (?, ?, ?, ?)',
  );
  const insertPixels = db.prepare('INSERT INTO sample_pixels (sample_id, pixels) VALUES (?, ?)');
  return ({ pixels, label, split }) => {
    const { lastInsertRowid } = insertSample.run(datasetId, label, split, createdAt);
    insertPixels.run(lastInsertRowid, pixels);
  };
}
