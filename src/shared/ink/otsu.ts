/** Splits a histogram in two. */

/**
 * Otsu's threshold of a histogram: the last level of the lower class when the variance between the two classes is
 * largest (N. Otsu 1979); null when all pixels have one level. Of equally good levels, the middle one.
 */
export function otsuThreshold(histogram: ArrayLike<number>): number | null {
  let total = 0;
  let moment = 0;
  for (let level = 0; level < histogram.length; level++) {
    total += histogram[level] ?? 0;
    moment += level * (histogram[level] ?? 0);
  }
  let count = 0;
  let lowerMoment = 0;
  let best = { variance: 0, first: 0, last: 0 };
  for (let level = 0; level < histogram.length; level++) {
    count += histogram[level] ?? 0;
    lowerMoment += level * (histogram[level] ?? 0);
    if (count === 0 || count === total) continue;
    const meanDifference = lowerMoment / count - (moment - lowerMoment) / (total - count);
    const variance = count * (total - count) * meanDifference ** 2;
    if (variance > best.variance) best = { variance, first: level, last: level };
    else if (variance === best.variance) best.last = level;
  }
  return best.variance > 0 ? Math.floor((best.first + best.last) / 2) : null;
}
