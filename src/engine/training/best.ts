/** Keeps the best epoch's weights and says when to stop early; tfjs's own earlyStopping does neither well. */
import type { EarlyStopping, EpochMetrics } from '../../shared/domain/training.ts';

export interface BestState {
  /** From 1; null before the first epoch. */
  epoch: number | null;
  value: number | null;
  /** Epochs since the best. */
  wait: number;
}
export const NO_BEST: BestState = { epoch: null, value: null, wait: 0 };

type Monitor = EarlyStopping['monitor'];

/** What decides which epoch is best: early stopping's monitor, or the validation loss; without validation, the training's. */
export function chooseMonitor(earlyStopping: EarlyStopping | undefined, hasValidation: boolean): Monitor {
  const monitor = earlyStopping?.monitor ?? 'valLoss';
  if (hasValidation) return monitor;
  return monitor === 'valAccuracy' || monitor === 'accuracy' ? 'accuracy' : 'loss';
}

/** The state after an epoch. An epoch is better if it improves on the best by more than `minDelta`. */
export function trackBest(
  state: BestState,
  metrics: EpochMetrics,
  { monitor, minDelta }: { monitor: Monitor; minDelta: number },
): BestState {
  const value = metrics[monitor];
  if (value === null) return { epoch: metrics.epoch, value, wait: 0 };
  const sign = monitor.toLowerCase().endsWith('accuracy') ? 1 : -1;
  const isBetter = state.value === null || sign * (value - state.value) > minDelta;
  return isBetter ? { epoch: metrics.epoch, value, wait: 0 } : { ...state, wait: state.wait + 1 };
}
