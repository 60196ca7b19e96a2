/** What the curves show, as plain data. */
import type { EpochMetrics, TrainingProgress } from '../../../shared/domain/training.ts';

/** One reading of the run while an epoch goes on. */
export interface LivePoint {
  /** Epochs done, with the part of the one under way: 1.5 is the middle of the second epoch. */
  readonly at: number;
  /** Running means of the epoch. */
  readonly loss: number;
  readonly accuracy: number;
}

/** More than a chart of this width can show; beyond it every second point goes. */
export const MOST_LIVE_POINTS = 1200;

/** `history` with `metrics` in its place: an event may repeat or overtake what a call has answered. */
export function withEpoch(history: readonly EpochMetrics[], metrics: EpochMetrics): readonly EpochMetrics[] {
  const others = history.filter(({ epoch }) => epoch !== metrics.epoch);
  return [...others, metrics].sort((a, b) => a.epoch - b.epoch);
}

/** `points` with the newest progress at its end, thinned out when there are too many. */
export function withProgress(
  points: readonly LivePoint[],
  { epoch, batch, batches, loss, accuracy }: TrainingProgress,
): readonly LivePoint[] {
  const at = epoch - 1 + (batches > 0 ? batch / batches : 0);
  const last = points.at(-1);
  if (last && at <= last.at) return points;
  const longer = [...points, { at, loss, accuracy }];
  return longer.length <= MOST_LIVE_POINTS ? longer : longer.filter((_, index) => index % 2 === 1);
}

/** How much of the run is done, 0..1; null before its first step. */
export function progressFraction(progress: TrainingProgress | null): number | null {
  if (!progress || progress.epochs === 0 || progress.batches === 0) return null;
  const done = progress.epoch - 1 + progress.batch / progress.batches;
  return Math.min(Math.max(done / progress.epochs, 0), 1);
}
