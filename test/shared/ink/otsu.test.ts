import fc from 'fast-check';
import { expect, it } from 'vitest';
import { otsuThreshold } from '../../../src/shared/ink/otsu.ts';

/** Variance within the two classes, straight from the definition: Otsu's threshold makes it smallest. */
function withinVariance(histogram: number[], threshold: number): number {
  const spread = (levels: number[]) => {
    const count = levels.reduce((sum, level) => sum + histogram[level]!, 0);
    const mean = levels.reduce((sum, level) => sum + histogram[level]! * level, 0) / (count || 1);
    return levels.reduce((sum, level) => sum + histogram[level]! * (level - mean) ** 2, 0);
  };
  const levels = [...histogram.keys()];
  return (
    spread(levels.filter((level) => level <= threshold)) + spread(levels.filter((level) => level > threshold))
  );
}

it('lies half way between two lone levels', () => {
  expect(otsuThreshold([0, 5, 0, 0, 0, 0, 2, 0])).toBe(3);
});

it('is null when there is only one level, or none', () => {
  expect(otsuThreshold([0, 0, 9, 0])).toBeNull();
  expect(otsuThreshold([0, 0, 0])).toBeNull();
});

it('is never beaten by another threshold', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 2, maxLength: 12 }), (histogram) => {
      const threshold = otsuThreshold(histogram);
      if (threshold === null) return;
      const best = Math.min(...histogram.map((_, level) => withinVariance(histogram, level)));
      expect(withinVariance(histogram, threshold)).toBeCloseTo(best, 6);
    }),
  );
});
