/** What every metric is computed from: probabilities and true labels of the same samples. */

export interface Predictions {
  /** `[n, k]` row-major, 0..1: the probability of each class for each sample. */
  readonly probabilities: Float32Array;
  /** `[n]`: index of the true class, 0..k-1. */
  readonly labels: Uint16Array | Uint8Array;
  /** `[k]`: class names. */
  readonly classes: readonly string[];
}

/** Throws a RangeError unless the sizes fit together, there is a sample, and every label is a class. */
export function checkPredictions({ probabilities, labels, classes }: Predictions): void {
  if (labels.length === 0) throw new RangeError('there are no predictions to evaluate');
  if (probabilities.length !== labels.length * classes.length)
    throw new RangeError(
      `${labels.length} samples of ${classes.length} classes need ${labels.length * classes.length} probabilities, got ${probabilities.length}`,
    );
  for (const label of labels)
    if (label >= classes.length)
      throw new RangeError(`label ${label} is none of the ${classes.length} classes, counted from 0`);
}

/** `[n]`: index of the most probable class of each sample; of equally probable ones, the first (as numpy's argmax). */
export function predictedClasses({ probabilities, labels, classes }: Predictions): Uint16Array {
  return Uint16Array.from(labels, (_, sample) => {
    const start = sample * classes.length;
    let best = 0;
    for (let k = 1; k < classes.length; k++)
      if ((probabilities[start + k] ?? 0) > (probabilities[start + best] ?? 0)) best = k;
    return best;
  });
}
