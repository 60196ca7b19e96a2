import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitLine,
  growthExponent,
  median,
  medianRatio,
  quantile,
  spread,
} from '../../bench/lib/statistics.ts';

describe('quantile', () => {
  // numpy.quantile([15, 20, 35, 40, 50], p), the default method
  it.each([
    [0, 15],
    [0.05, 16],
    [0.3, 23],
    [0.5, 35],
    [0.95, 48],
    [1, 50],
  ])('at %f is %f', (p, expected) => {
    expect(quantile([40, 15, 50, 20, 35], p)).toBeCloseTo(expected, 12);
  });

  it('has nothing to say about nothing', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });

  it('leaves its argument as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

it('the median of an even count lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(spread([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
});

describe('medianRatio', () => {
  it('pairs rounds: a machine that slows down for everybody changes nothing', () => {
    expect(medianRatio([100, 50, 10], [50, 25, 5])).toBe(2);
  });

  it('is not the ratio of the medians', () => {
    expect(medianRatio([10, 20, 90], [10, 10, 30])).toBe(2);
  });

  it('refuses rounds without a partner', () => {
    expect(() => medianRatio([1, 2], [1])).toThrow('2 rounds cannot be paired with 1');
  });
});

const coefficient = fc.double({ min: -100, max: 100, noNaN: true });

it('finds the line that points lie on', () => {
  fc.assert(
    fc.property(coefficient, coefficient, (slope, intercept) => {
      const x = [0, 1, 4, 9];
      const line = fitLine(
        x,
        x.map((value) => intercept + slope * value),
      );
      expect(line.slope).toBeCloseTo(slope, 8);
      expect(line.intercept).toBeCloseTo(intercept, 8);
    }),
  );
});

it('fits noisy points as numpy.polyfit does', () => {
  const line = fitLine([1, 2, 3, 4], [1, 3, 2, 5]);
  expect(line.slope).toBeCloseTo(1.1, 12);
  expect(line.intercept).toBeCloseTo(0, 12);
  expect(() => fitLine([2, 2], [1, 3])).toThrow(RangeError);
});

it('tells linear growth from quadratic', () => {
  const sizes = [1000, 10_000, 100_000];
  expect(growthExponent(sizes, [3, 30, 300])).toBeCloseTo(1, 12);
  expect(
    growthExponent(
      sizes,
      sizes.map((n) => n * n),
    ),
  ).toBeCloseTo(2, 12);
});
