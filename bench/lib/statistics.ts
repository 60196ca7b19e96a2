/** Summaries of a few repeated measurements. */

export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** The value below which the share `p` (0..1) of `values` lies, interpolated linearly (Hyndman & Fan 1996, type 7). */
export function quantile(values: readonly number[], p: number): number {
  if (values.length === 0) throw new RangeError('There is no quantile of nothing.');
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}

/** The middle value; the mean of the two middle ones for an even count. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Median, smallest and largest value. */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * Median of `ours[i] / theirs[i]`. Rounds next to each other in time share the machine's mood, so the ratio within a round
 * says more than the ratio of two medians.
 */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length)
    throw new RangeError(`${ours.length} rounds cannot be paired with ${theirs.length}.`);
  return median(ours.map((value, i) => value / theirs[i]!));
}

export interface Line {
  slope: number;
  intercept: number;
}

/** The straight line nearest to the points, by least squares in y. Needs two different x. */
export function fitLine(x: readonly number[], y: readonly number[]): Line {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanX = mean(x);
  const meanY = mean(y);
  const variance = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  if (variance === 0) throw new RangeError('A line needs points at two different places.');
  const covariance = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i]! - meanY), 0);
  const slope = covariance / variance;
  return { slope, intercept: meanY - slope * meanX };
}

/** The exponent k of the power law y = c x^k nearest to the points: 1 is linear growth. All values above 0. */
export function growthExponent(x: readonly number[], y: readonly number[]): number {
  return fitLine(x.map(Math.log), y.map(Math.log)).slope;
}
