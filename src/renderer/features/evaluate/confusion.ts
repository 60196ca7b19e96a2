/**
 * How strongly to colour each cell, 0..1: right answers by their share of the row, mistakes by their share of the worst
 * mistake, so that rare mistakes of a good model still show.
 */
export function confusionShades(counts: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const mistakes = counts.flatMap((row, actual) => row.filter((_, predicted) => predicted !== actual));
  const worst = Math.max(1, ...mistakes);
  return counts.map((row, actual) => {
    const total = Math.max(
      1,
      row.reduce((sum, count) => sum + count, 0),
    );
    return row.map((count, predicted) => (predicted === actual ? count / total : count / worst));
  });
}
