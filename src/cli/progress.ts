/** How training looks on the way, in one line. */
import type { EpochMetrics, TrainingProgress } from '../shared/domain/training.ts';
import { formatPercent, formatSeconds } from './table.ts';

const BAR_WIDTH = 20;

/** The state inside an epoch, as a bar. */
export function progressLine(progress: TrainingProgress): string {
  const { epoch, epochs, batch, batches, loss, accuracy, imagesPerSecond, secondsLeft } = progress;
  const done = Math.round((batch / Math.max(1, batches)) * BAR_WIDTH);
  const bar = '█'.repeat(done) + '░'.repeat(BAR_WIDTH - done);
  const speed = `${Math.round(imagesPerSecond)} images/s, ${formatSeconds(secondsLeft)} left`;
  return `Epoch ${epoch}/${epochs} ${bar} loss ${loss.toFixed(4)}, accuracy ${formatPercent(accuracy)}, ${speed}`;
}

/** What an epoch brought; `epochs` is how many were asked for, if known. */
export function epochLine(metrics: EpochMetrics, epochs: number | undefined): string {
  const { epoch, loss, accuracy, valLoss, valAccuracy, seconds } = metrics;
  const validation =
    valLoss === null || valAccuracy === null
      ? ''
      : `; validation loss ${valLoss.toFixed(4)}, accuracy ${formatPercent(valAccuracy)}`;
  const of = epochs === undefined ? '' : `/${epochs}`;
  return `Epoch ${epoch}${of}: loss ${loss.toFixed(4)}, accuracy ${formatPercent(accuracy)}${validation} (${formatSeconds(seconds)})`;
}
