/** What `train` gives in the end. */
import type { RunDetail } from '../shared/domain/training.ts';
import { formatPercent, formatSeconds } from './table.ts';

/** The JSON of `train --json`. */
export function runResult(detail: RunDetail) {
  const { run, model, status, history, bestEpoch, seconds, imagesPerSecond, peakRssBytes } = detail;
  return { run, model, status, epochs: history, bestEpoch, seconds, imagesPerSecond, peakRssBytes };
}

/** The same for people. */
export function describeRun(detail: RunDetail): string {
  const { model, status, epochsDone, bestEpoch, bestValAccuracy, seconds, imagesPerSecond } = detail;
  const verb = status === 'stopped' ? 'Stopped' : 'Trained';
  const speed = `${epochsDone} epochs in ${formatSeconds(seconds)}, ${Math.round(imagesPerSecond)} images/s`;
  const accuracy =
    bestValAccuracy === null ? '' : ` with validation accuracy ${formatPercent(bestValAccuracy)}`;
  const best = bestEpoch === null ? '' : ` Best epoch: ${bestEpoch}${accuracy}.`;
  return `${verb}: ${speed}.${best}\n${model === null ? 'No model was kept.' : `Model: ${model}`}`;
}
