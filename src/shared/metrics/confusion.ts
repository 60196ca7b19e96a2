/** Who is taken for whom, and the scores that follow from it. */

/** `[k][k]` counts: `confusion[true][predicted]`. */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classCount: number,
): number[][] {
  const confusion = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (let i = 0; i < labels.length; i++) {
    const row = confusion[labels[i] ?? 0];
    const column = predicted[i] ?? 0;
    if (row) row[column] = (row[column] ?? 0) + 1;
  }
  return confusion;
}

export interface ClassScores {
  /** Of what was read as this class, the part that is; 0..1. */
  readonly precision: number;
  /** Of what is this class, the part that was read as it; 0..1. */
  readonly recall: number;
  /** Harmonic mean of precision and recall; 0..1. */
  readonly f1: number;
  /** How many samples are of this class. */
  readonly support: number;
}

/** Scores of each class, as scikit-learn's precision_recall_fscore_support with zero_division=0: no count gives 0. */
export function classScores(confusion: readonly (readonly number[])[]): ClassScores[] {
  return confusion.map((row, k) => {
    const hits = row[k] ?? 0;
    const support = row.reduce((sum, count) => sum + count, 0);
    const predicted = confusion.reduce((sum, other) => sum + (other[k] ?? 0), 0);
    return {
      precision: ratio(hits, predicted),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + predicted),
      support,
    };
  });
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
