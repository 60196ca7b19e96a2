/** Turns digits grouped by class into the starter samples: mixed, and split with the same share of every class. */
import { STARTER_SPLITS, type StarterSamples } from '../../src/core/datasets/starter-file.ts';
import { IMAGE_PIXELS } from '../../src/shared/domain/image.ts';
import { createRandom } from '../../src/shared/random/random.ts';

/** Any number would do; it only must stay, so that every installation has the same split. */
const SEED = 20_250_101;
/** The stream of the seed that picks the test samples, and the one that mixes all samples. */
const SPLIT_STREAM = 0;
const ORDER_STREAM = 1;

/**
 * `digits[label]` holds the images of a class one after another, 784 values of 0..1 each.
 * `testCount` samples in all are for testing, spread over the classes by their size.
 */
export function makeStarterSamples(
  digits: readonly (readonly number[])[],
  testCount: number,
): StarterSamples {
  const counts = digits.map((values) => values.length / IMAGE_PIXELS);
  const quotas = shareOut(testCount, counts);
  const ordered = digits.flatMap((values, label) => {
    const isTest = pickTest(counts[label] ?? 0, quotas[label] ?? 0, label);
    return isTest.map((test, row) => ({ values, label, row, test }));
  });
  const count = ordered.length;
  const samples = {
    pixels: new Uint8Array(count * IMAGE_PIXELS),
    labels: new Uint8Array(count),
    splits: new Uint8Array(count),
  };
  const order = createRandom(SEED, ORDER_STREAM).shuffle(
    Uint32Array.from({ length: count }, (_, row) => row),
  );
  order.forEach((from, to) => {
    const sample = ordered[from];
    if (!sample) return;
    samples.labels[to] = sample.label;
    samples.splits[to] = sample.test ? STARTER_SPLITS.test : STARTER_SPLITS.train;
    const image = sample.values.slice(sample.row * IMAGE_PIXELS, (sample.row + 1) * IMAGE_PIXELS);
    samples.pixels.set(toBytes(image), to * IMAGE_PIXELS);
  });
  return samples;
}

/** Splits `total` in proportion to `weights` into whole numbers that add up to it (largest remainder method). */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const left = total - shares.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

/** Which of a class's `count` samples are for testing: `quota` of them, drawn without replacement. */
function pickTest(count: number, quota: number, label: number): boolean[] {
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  const chosen = new Set(createRandom(SEED, SPLIT_STREAM, label).shuffle(rows).subarray(0, quota));
  return Array.from(rows, (_, row) => chosen.has(row));
}

/** Undoes the package's k/255 rounded to three decimals: neighbouring k are 0.0039 apart, so k comes back exactly. */
function toBytes(values: readonly number[]): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(value * 255));
}
