/** The runs of a home and their epochs. */
import type { DatabaseSync } from 'node:sqlite';
import type {
  EpochMetrics,
  RunDetail,
  RunStatus,
  RunSummary,
  TrainingConfig,
} from '../../shared/domain/training.ts';
import { fail, toWireError } from '../../shared/errors.ts';
import { transaction } from '../storage/transaction.ts';
import { RUN_COLUMNS, toEpochMetrics, toRunDetail, toRunSummary } from './run-row.ts';

/** What is known of a run before it starts. */
export interface NewRun {
  id: string;
  name: string;
  dataset: string;
  recipe: string;
  config: TrainingConfig;
  validationSplit: number;
  startedAt: number;
}

/** What is learnt of a run while it trains; what is left out stays as it is. */
export interface RunChanges {
  status?: RunStatus;
  fingerprint?: string;
  bestEpoch?: number | null;
  model?: string | null;
  seconds?: number;
  imagesPerSecond?: number;
  peakRssBytes?: number;
  error?: unknown;
}

export interface RunStore {
  insert(run: NewRun): void;
  update(id: string, changes: RunChanges): void;
  /** Stores epochs and what follows from them together. */
  addEpochs(id: string, epochs: readonly EpochMetrics[], changes: RunChanges): void;
  /** Newest first. */
  list(): RunSummary[];
  /** By id, or by name (the newest of that name). */
  get(idOrName: string): RunDetail;
  /** The same without configuration and history. */
  summary(id: string): RunSummary;
  /** SHA-256 of the data the run trains on, once that has been written. */
  fingerprint(id: string): string | null;
  isNameUsed(name: string): boolean;
}

const COLUMNS: Record<keyof RunChanges, string> = {
  status: 'status',
  fingerprint: 'fingerprint',
  bestEpoch: 'best_epoch',
  model: 'model',
  seconds: 'seconds',
  imagesPerSecond: 'images_per_second',
  peakRssBytes: 'peak_rss_bytes',
  error: 'error',
};

/** Reads and writes runs in `db`. */
export function createRunStore(db: DatabaseSync): RunStore {
  const insertRun = db.prepare(
    `INSERT INTO runs (id, name, status, dataset, recipe, config, validation_split, started_at)
     VALUES (?, ?, 'preparing', ?, ?, ?, ?, ?)`,
  );
  const insertEpoch = db.prepare('INSERT OR REPLACE INTO run_epochs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const all = db.prepare(`SELECT ${RUN_COLUMNS} FROM runs ORDER BY started_at DESC, rowid DESC`);
  const one = db.prepare(
    `SELECT ${RUN_COLUMNS} FROM runs WHERE id = ?1 OR name = ?1 ORDER BY id = ?1 DESC, started_at DESC`,
  );
  const epochsOf = db.prepare('SELECT * FROM run_epochs WHERE run_id = ? ORDER BY epoch');

  const find = (idOrName: string): Record<string, unknown> =>
    one.get(idOrName) ?? fail('runNotFound', { name: idOrName });

  function update(id: string, changes: RunChanges): void {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    if (given.length === 0) return;
    const assignments = given.map(([key]) => `${COLUMNS[key as keyof RunChanges]} = ?`);
    const values = given.map(([key, value]) =>
      key === 'error' ? JSON.stringify(toWireError(value)) : (value as string | number | null),
    );
    db.prepare(`UPDATE runs SET ${assignments.join(', ')} WHERE id = ?`).run(...values, id);
  }

  function addEpoch(id: string, metrics: EpochMetrics): void {
    const { epoch, loss, accuracy, valLoss, valAccuracy } = metrics;
    const { learningRate, seconds, imagesPerSecond } = metrics;
    const quality = [loss, accuracy, valLoss, valAccuracy];
    insertEpoch.run(id, epoch, ...quality, learningRate, seconds, imagesPerSecond);
  }

  return {
    insert({ id, name, dataset, recipe, config, validationSplit, startedAt }) {
      insertRun.run(id, name, dataset, recipe, JSON.stringify(config), validationSplit, startedAt);
    },
    update,
    addEpochs: (id, epochs, changes) =>
      transaction(db, () => {
        for (const metrics of epochs) addEpoch(id, metrics);
        update(id, changes);
      }),
    list: () => all.all().map(toRunSummary),
    summary: (id) => toRunSummary(find(id)),
    get(idOrName) {
      const row = find(idOrName);
      return toRunDetail(row, epochsOf.all(String(row.id)).map(toEpochMetrics));
    },
    fingerprint(id) {
      const row = db.prepare('SELECT fingerprint FROM runs WHERE id = ?').get(id);
      return row?.fingerprint == null ? null : String(row.fingerprint);
    },
    isNameUsed: (name) => db.prepare('SELECT 1 FROM runs WHERE name = ?').get(name) !== undefined,
  };
}
