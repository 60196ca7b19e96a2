/** Splits samples into two parts that have the same mix of classes. Pure: the same labels, fraction and seed give the same rows. */
import { createRandom } from '../random/random.ts';

/** Keeps these draws apart from other uses of the same seed, such as weights and batches. */
const STREAM = 0x51717;

/** Row numbers, ascending; together every row once. */
export interface RowSplit {
  rest: Uint32Array;
  held: Uint32Array;
}

/**
 * Holds out round(`fraction` x n) of the rows, 0..1, each class in proportion. Class shares are rounded by largest
 * remainder (Hamilton's method), so that they add up and none is off by a whole sample.
 */
export function stratifiedSplit(labels: ArrayLike<number>, fraction: number, seed: number): RowSplit {
  const rowsByClass = groupRows(labels);
  const quotas = shareOut(
    rowsByClass.map((rows) => rows.length),
    fraction,
  );
  const isHeld = new Uint8Array(labels.length);
  rowsByClass.forEach((rows, position) => {
    const shuffled = createRandom(seed, STREAM, position).shuffle(rows);
    for (const row of shuffled.subarray(0, quotas[position])) isHeld[row] = 1;
  });
  const rows = Uint32Array.from(isHeld, (_, row) => row);
  return { rest: rows.filter((row) => !isHeld[row]), held: rows.filter((row) => isHeld[row]) };
}

function groupRows(labels: ArrayLike<number>): Uint32Array[] {
  const groups: number[][] = [];
  for (let row = 0; row < labels.length; row++) (groups[labels[row]!] ??= []).push(row);
  return Array.from(groups, (rows = []) => Uint32Array.from(rows));
}

function shareOut(counts: readonly number[], fraction: number): number[] {
  const exact = counts.map((count) => count * fraction);
  const shares = exact.map(Math.floor);
  const total = Math.round(sum(counts) * fraction);
  const byRemainder = exact
    .map((value, position) => ({ position, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.position - b.position);
  for (const { position } of byRemainder.slice(0, total - sum(shares))) shares[position]!++;
  return shares;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
