/** The loss of probabilities. */
import type { Predictions } from './predictions.ts';

/** Keras's epsilon: probabilities are clipped to [1e-7, 1 - 1e-7] so that a certain mistake stays finite. */
const EPSILON = 1e-7;

/**
 * Mean over samples of -ln(probability of the true class), clipped and, as Keras's categorical cross-entropy does for
 * probabilities, divided by their sum first.
 */
export function meanCrossEntropy({ probabilities, labels, classes }: Predictions): number {
  let sum = 0;
  labels.forEach((label, sample) => {
    const row = probabilities.subarray(sample * classes.length, (sample + 1) * classes.length);
    const total = row.reduce((added, probability) => added + probability, 0);
    const probability = (row[label] ?? 0) / total;
    sum -= Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, probability)));
  });
  return sum / labels.length;
}
