/** How well a score ranks one class above the rest. */
import type { Predictions } from './predictions.ts';

/**
 * Area under the ROC curve of class `k` against the rest: the chance that a sample of the class scores higher than one
 * that is not, ties counting half (Mann-Whitney U), which equals scikit-learn's roc_auc_score. Null when every sample,
 * or none, is of the class.
 */
export function classAuc({ probabilities, labels, classes }: Predictions, k: number): number | null {
  const scores = Float32Array.from(labels, (_, sample) => probabilities[sample * classes.length + k] ?? 0);
  const order = Uint32Array.from(scores, (_, sample) => sample).sort(
    (a, b) => (scores[a] ?? 0) - (scores[b] ?? 0),
  );
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    const { end, positives: tied } = tiedRun(start);
    // Tied samples share the mean of the ranks they take up, counted from 1.
    rankSum += tied * ((start + 1 + end) / 2);
    positives += tied;
    start = end;
  }
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);

  /** From `start`, where the run of equal scores ends and how many of it are of the class. */
  function tiedRun(start: number): { end: number; positives: number } {
    const score = scores[order[start] ?? 0];
    let end = start;
    let found = 0;
    while (end < order.length && scores[order[end] ?? 0] === score) {
      if (labels[order[end] ?? 0] === k) found++;
      end++;
    }
    return { end, positives: found };
  }
}
