import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createBatchSource,
  type Batch,
  type BatchSource,
  type BatchSourceOptions,
} from '../../../src/engine/batches/batch-source.ts';
import { closePack, openPack, type SharedPack } from '../../../src/engine/batches/pack.ts';
import type { DataPack } from '../../../src/shared/engine-contract.ts';
import type { AppError } from '../../../src/shared/errors.ts';
import { augmentationPreset } from '../../../src/shared/augment/presets.ts';

const COUNT = 50;
const CLASSES = 10;
const standard = augmentationPreset('standard');
const everyRow = Uint32Array.from({ length: COUNT }, (_, row) => row);

let folder: string;
let pack: DataPack;
const open: BatchSource[] = [];
const packs: SharedPack[] = [];

/** Image `row` is filled with row + 1, and its class is row mod 10. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batches-'));
  pack = { path: join(folder, 'pack'), count: COUNT, classes: CLASSES };
  const labels = Uint8Array.from({ length: 2 * COUNT }, (_, i) => (i % 2 === 0 ? (i / 2) % CLASSES : 0));
  const pixels = Uint8Array.from({ length: COUNT * 784 }, (_, i) => Math.floor(i / 784) + 1);
  await writeFile(pack.path, Buffer.concat([pixels, labels]));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  await Promise.all(open.splice(0).map((source) => source.close()));
  packs.splice(0).forEach(closePack);
});

type Options = Partial<Omit<BatchSourceOptions, 'pack'>> & { pack?: DataPack; memoryLimit?: number };

async function source({ pack: file = pack, memoryLimit, ...options }: Options = {}): Promise<BatchSource> {
  const opened = await openPack(file, memoryLimit);
  packs.push(opened);
  const made = createBatchSource({ pack: opened, rows: everyRow, batchSize: 16, seed: 1, ...options });
  open.push(made);
  return made;
}

/** Copies of the next `count` batches. */
async function take(from: BatchSource, count: number) {
  const batches: Omit<Batch, 'release'>[] = [];
  for (let i = 0; i < count; i++) {
    const { release, ...batch } = await from.next();
    const { images, labels, rows } = batch;
    batches.push({ ...batch, images: images.slice(), labels: labels.slice(), rows: rows.slice() });
    release();
  }
  return batches;
}

/** One line for each image of some batches: its row and the digest of its pixels. */
function contents(batches: Omit<Batch, 'release'>[]): string[] {
  return batches.flatMap(({ rows, images }) =>
    [...rows].map((row, i) => {
      const pixels = images.subarray(i * 784, (i + 1) * 784);
      return `${row} ${createHash('sha1').update(pixels).digest('hex')}`;
    }),
  );
}

const failure = (promise: Promise<unknown>): Promise<AppError> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: AppError) => error,
  );

describe.each([0, 1, 2])('a batch source with %i workers', (workers) => {
  it('gives each row once in an epoch, with its pixels and its class, and a short batch at the end', async () => {
    const batches = await take(await source({ workers }), 4);
    expect(batches.map(({ epoch, index, labels }) => [epoch, index, labels.length])).toEqual([
      [0, 0, 16],
      [0, 1, 16],
      [0, 2, 16],
      [0, 3, 2],
    ]);
    expect(batches.flatMap(({ rows }) => [...rows]).sort((a, b) => a - b)).toEqual([...everyRow]);
    for (const { rows, labels, images } of batches) {
      expect([...labels]).toEqual([...rows].map((row) => row % CLASSES));
      expect([...images]).toEqual([...rows].flatMap((row) => new Array<number>(784).fill(row + 1)));
    }
  });

  it('shuffles each epoch in its own way', async () => {
    const from = await source({ workers, batchSize: COUNT });
    const orders = (await take(from, 3)).map(({ rows }) => rows.join());
    expect(new Set([...orders, everyRow.join()]).size).toBe(4);
  });

  it('begins at any epoch as if it had come there', async () => {
    const whole = await take(await source({ workers, augmentation: standard }), 12);
    const resumed = await take(await source({ workers, augmentation: standard, firstEpoch: 2 }), 4);
    expect(resumed).toEqual(whole.slice(8));
  });

  it('takes only the chosen rows, even if there are fewer than fill a batch', async () => {
    const [batch] = await take(await source({ workers, rows: Uint32Array.of(7, 3), batchSize: 128 }), 1);
    expect([...batch!.rows].sort((a, b) => a - b)).toEqual([3, 7]);
    expect(batch!.images.length).toBe(2 * 784);
  });

  it('keeps a batch as it is until it is released', async () => {
    const from = await source({ workers });
    const first = await from.next();
    const before = first.images.slice();
    (await from.next()).release();
    expect(first.images).toEqual(before);
    first.release();
    first.release();
    await expect(take(from, 20)).resolves.toHaveLength(20);
  });

  it('says so when a batch that is still held stands in the way', async () => {
    const from = await source({ workers });
    const holding = async () => {
      for (let i = 0; i < 100; i++) await from.next();
    };
    await expect(holding()).rejects.toThrow('Batch 0 is still held');
  });

  it('refuses to go on once it is closed, and can be closed twice', async () => {
    const from = await source({ workers });
    await take(from, 1);
    await from.close();
    await from.close();
    expect((await failure(from.next())).code).toBe('cancelled');
  });
});

describe('the content of batches', () => {
  it('does not depend on workers, batch size, or where the images are read from', async () => {
    const augmentation = standard;
    const epochs = (await take(await source({ augmentation, workers: 0, batchSize: COUNT }), 2)).flat();
    const expected = contents(epochs);
    expect(new Set(expected).size).toBe(2 * COUNT);
    for (const options of [
      { workers: 1, batchSize: 16 },
      { workers: 2, batchSize: 7 },
      { workers: 3, batchSize: 25 },
      { workers: 0, batchSize: 16, memoryLimit: 0 },
      { workers: 2, batchSize: 16, memoryLimit: 0 },
    ]) {
      const batches = await take(
        await source({ augmentation, ...options }),
        2 * Math.ceil(COUNT / options.batchSize),
      );
      expect(contents(batches)).toEqual(expected);
    }
  });

  it('depends on the seed', async () => {
    const [a] = await take(await source({ seed: 1 }), 1);
    const [b] = await take(await source({ seed: 2 }), 1);
    expect(a!.rows).not.toEqual(b!.rows);
  });

  it('starts at an address TensorFlow can use in place', async () => {
    const batch = await (await source({ batchSize: 7 })).next();
    for (const array of [batch.images, batch.labels, batch.rows]) expect(array.byteOffset % 64).toBe(0);
  });
});

describe('what goes wrong', () => {
  it('a pack that is missing, cut short, or has an unknown class', async () => {
    const path = join(folder, 'none');
    expect(await failure(source({ pack: { ...pack, path } }))).toMatchObject({ key: 'dataPackDamaged' });
    const short = await failure(source({ pack: { ...pack, count: COUNT + 1 } }));
    expect(short.message).toContain(`${COUNT * 786} bytes instead of ${(COUNT + 1) * 786}`);
    const classes = await failure(source({ pack: { ...pack, classes: 9 } }));
    expect(classes.message).toContain('image 9 has class 9 of 9 classes');
  });

  it('rows that are not there', async () => {
    const outside = await failure(source({ rows: Uint32Array.of(1, COUNT) }));
    expect(outside.message).toContain('row 50 was chosen of 50 images');
    expect((await failure(source({ rows: new Uint32Array() }))).key).toBe('dataPackDamaged');
  });

  it('a worker that fails rejects what waits for it', async () => {
    const fillMode = 'constant' as const;
    // The transformation cannot be computed from this: it stands for any error inside the thread.
    const augmentation = { ...standard, fillMode, elasticSigma: -1 };
    const from = await source({ augmentation, workers: 2 });
    const error = await failure(take(from, 10));
    expect(error).toMatchObject({ code: 'engine-failed', key: 'batchWorkerFailed' });
    expect(error.message).toMatch(/RangeError|length|Invalid/i);
  });

  it('closing while a batch is awaited cancels the wait', async () => {
    const from = await source({ augmentation: standard, workers: 1, batchSize: COUNT });
    const waiting = failure(take(from, 100_000));
    await from.close();
    expect((await waiting).code).toBe('cancelled');
  });
});
