import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawPolylines } from '../../../src/shared/ink/draw.ts';

/** Enough for a segment across the image: samples are 0.012 px apart, so their nearest is 0.006 px off at most. */
const STEPS = 4000;

/** The definition, pixel by pixel, without any of the short cuts: distance by dense sampling of the segment. */
function slowCoverage([x0, y0, x1, y1]: number[], radius: number): number[] {
  return Array.from({ length: 784 }, (_, i) => {
    const px = (i % 28) + 0.5;
    const py = Math.floor(i / 28) + 0.5;
    let nearest = Infinity;
    for (let step = 0; step <= STEPS; step++) {
      const t = step / STEPS;
      nearest = Math.min(nearest, Math.hypot(px - x0! - t * (x1! - x0!), py - y0! - t * (y1! - y0!)));
    }
    return Math.max(0, Math.min(1, radius + 0.5 - nearest));
  });
}

it('covers the same pixels as the definition, also level, upright, outside and on the grid', () => {
  const place = fc.oneof(fc.integer({ min: -3, max: 31 }), fc.double({ min: -3, max: 31, noNaN: true }));
  const line = fc.tuple(place, place, place, place);
  const check = (ends: number[], width: number) => {
    const image = drawPolylines([ends], { width, shiftX: 0, shiftY: 0 });
    const expected = slowCoverage(ends, width / 2);
    const worst = Math.max(...image.map((coverage, i) => Math.abs(coverage - expected[i]!)));
    expect(worst).toBeLessThan(0.01);
  };
  check([2.5, 9.5, 20.5, 9.5], 2.5);
  check([9.5, 20, 9.5, 3], 1);
  fc.assert(
    fc.property(line, fc.constantFrom(0.5, 1, 2.5, 6), (ends, width) => check(ends, width)),
    { numRuns: 30 },
  );
});

it('adds the shift to every point', () => {
  const shifted = drawPolylines([[3, 4, 10, 12]], { width: 2, shiftX: 5.5, shiftY: -1.25 });
  expect(shifted).toEqual(drawPolylines([[8.5, 2.75, 15.5, 10.75]], { width: 2, shiftX: 0, shiftY: 0 }));
});
