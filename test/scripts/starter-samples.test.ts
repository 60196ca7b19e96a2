import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeStarterSamples, shareOut } from '../../scripts/lib/starter-samples.ts';

/** `count` images of a class; the first pixel numbers the image, the rest is a grey that only this class has. */
function digitsOf(label: number, count: number): number[] {
  return Array.from({ length: count * 784 }, (_, index) =>
    index % 784 === 0 ? Math.round((Math.floor(index / 784) / 255) * 1000) / 1000 : label / 10,
  );
}

describe('starter samples', () => {
  const digits = [digitsOf(0, 30), digitsOf(1, 60), digitsOf(2, 10)];
  const samples = makeStarterSamples(digits, 20);
  const count = (label: number, split: number) =>
    [...samples.labels].filter((other, row) => other === label && samples.splits[row] === split).length;

  it('puts the same share of every class aside for testing', () => {
    expect([0, 1, 2].map((label) => [count(label, 0), count(label, 1)])).toEqual([
      [24, 6],
      [48, 12],
      [8, 2],
    ]);
  });

  it('keeps every image once, with its label', () => {
    const seen = new Set<string>();
    samples.labels.forEach((label, row) => {
      expect(samples.pixels[row * 784 + 1]).toBe([0, 26, 51][label]);
      seen.add(`${label}/${samples.pixels[row * 784]}`);
    });
    expect(seen.size).toBe(100);
  });

  it('mixes the classes', () => {
    expect(new Set(samples.labels.subarray(0, 20)).size).toBeGreaterThan(1);
  });

  it('is the same every time', () => expect(makeStarterSamples(digits, 20)).toEqual(samples));

  it('brings back every grey value that was rounded to three decimals', () => {
    const image = Array.from({ length: 784 }, (_, k) => Math.round(((k % 256) / 255) * 1000) / 1000);
    const { pixels } = makeStarterSamples([image], 0);
    expect([...pixels]).toEqual(Array.from({ length: 784 }, (_, k) => k % 256));
  });
});

describe('sharing out', () => {
  it('adds up, and is never more than one away from the exact share', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), weights, (total, sizes) => {
        const shares = shareOut(total, sizes);
        const sum = sizes.reduce((a, b) => a + b, 0);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        shares.forEach((share, i) =>
          expect(Math.abs(share - (total * (sizes[i] ?? 0)) / sum)).toBeLessThan(1),
        );
      }),
    );
  });
});
