import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InkPoint, Stroke } from '../../../src/shared/domain/ink.ts';
import { rasterize } from '../../../src/shared/ink/rasterize.ts';

const coordinate = fc.integer({ min: -400, max: 400 });
const point: fc.Arbitrary<InkPoint> = fc.tuple(coordinate, coordinate);
const strokes: fc.Arbitrary<Stroke[]> = fc.array(fc.array(point, { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 4,
});

/** The largest difference between two images, in gray levels. */
function difference(a: Uint8Array | null, b: Uint8Array | null): number {
  if (!a || !b) return a === b ? 0 : 255;
  return a.reduce((largest, level, i) => Math.max(largest, Math.abs(level - (b[i] ?? 0))), 0);
}

const map = (ink: readonly Stroke[], change: (point: InkPoint) => InkPoint) =>
  ink.map((stroke) => stroke.map(change));
const rows = (image: Uint8Array) =>
  Array.from({ length: 28 }, (_, y) => [...image.slice(y * 28, y * 28 + 28)]);
const SEVEN: Stroke[] = [
  [
    [10, 10],
    [90, 12],
    [50, 130],
  ],
];

describe('rasterize, written out', () => {
  it('gives null when nothing is drawn', () => {
    expect(rasterize([])).toBeNull();
    expect(rasterize([[], []])).toBeNull();
    expect(rasterize([[[NaN, 1]], [[Infinity, 2]], [[3, -Infinity]], [[1e300, 0]]])).toBeNull();
  });

  it('draws a dot of width 3 as a disk around the middle of pixel 14', () => {
    const image = rasterize([[[5, 5]]], { penWidth: 3 });
    // Coverage = 1.5 + 0.5 - distance of the pixel's centre: 1, 1, 0 along the axis, 2 - sqrt(2) on the diagonal.
    const disk = [
      [0, 0, 0, 0, 0],
      [0, 149, 255, 149, 0],
      [0, 255, 255, 255, 0],
      [0, 149, 255, 149, 0],
      [0, 0, 0, 0, 0],
    ];
    expect(
      rows(image!)
        .slice(12, 17)
        .map((row) => row.slice(12, 17)),
    ).toEqual(disk);
    expect(image!.reduce((sum, level) => sum + level)).toBe(5 * 255 + 4 * 149);
  });

  it('draws a 1 as an upright bar of 20 pixels', () => {
    const image = rows(
      rasterize(
        [
          [
            [3, 0],
            [3, 77],
          ],
        ],
        { penWidth: 3 },
      )!,
    );
    // Centre-line from 6 to 23 (17 long + the pen), so all rows from 6 to 22 show the same full width.
    for (let y = 6; y <= 22; y++) expect(image[y]!.slice(11, 18)).toEqual([0, 0, 255, 255, 255, 0, 0]);
    expect(image.flatMap((row, y) => (row.some((level) => level > 0) ? [y] : []))).toEqual(
      Array.from({ length: 21 }, (_, i) => i + 4),
    );
  });

  it('draws a level line as the upright one turned', () => {
    const upright = rows(rasterize([[...Array(9).keys()].map((i): InkPoint => [0, i])])!);
    const level = rows(rasterize([[...Array(9).keys()].map((i): InkPoint => [i, 0])])!);
    expect(level).toEqual(upright.map((_, y) => upright.map((row) => row[y])));
  });

  it('lets a crossing be no darker than its strokes', () => {
    const bar: Stroke = [
      [0, 0],
      [100, 100],
    ];
    expect(rasterize([bar, bar, bar])).toEqual(rasterize([bar]));
  });

  it('keeps the ink in the frame when its mass lies at one end', () => {
    const blot = Array.from({ length: 41 * 41 }, (_, i): InkPoint => [i % 41, Math.floor(i / 41)]);
    const tail: Stroke = [
      [0, 20],
      [100, 20],
    ];
    const image = rows(rasterize([blot, tail], { penWidth: 0.5 })!);
    // The box goes all the way to the right edge and no further: its left edge is 8 pixels from the frame's.
    const inkColumns = [...Array(28).keys()].filter((x) => image.some((row) => row[x]! > 100));
    expect(inkColumns).toEqual(Array.from({ length: 20 }, (_, i) => i + 8));
  });

  it('refuses a pen that cannot be drawn', () => {
    for (const penWidth of [0, -1, 20, NaN])
      expect(() => rasterize(SEVEN, { penWidth })).toThrow(
        `penWidth must be over 0 and under 20, got ${penWidth}`,
      );
  });

  it('ignores unusable points, repeats, pressure and time', () => {
    const messy: Stroke[] = [
      [
        [10, 10, 0.5, 0],
        [10, 10, 0.7, 1],
        [NaN, 50],
        [90, 12, 1, 2],
        [Infinity, 0],
        [90, 12],
        [50, 130],
      ],
      [],
    ];
    expect(rasterize(messy)).toEqual(rasterize(SEVEN));
  });

  it('draws 100,000 points of a smooth line like the 200 that describe it', () => {
    const spiral = (count: number): InkPoint[] =>
      Array.from({ length: count + 1 }, (_, i) => {
        const turn = (i / count) * 4 * Math.PI;
        return [Math.cos(turn) * turn * 50, Math.sin(turn) * turn * 50];
      });
    expect(difference(rasterize([spiral(100_000)]), rasterize([spiral(200)]))).toBeLessThanOrEqual(16);
  });
});

describe('rasterize, for any drawing', () => {
  it('gives 784 bytes with full ink somewhere, the same each time', () => {
    fc.assert(
      fc.property(strokes, (ink) => {
        const image = rasterize(ink)!;
        expect(image).toHaveLength(784);
        expect(Math.max(...image)).toBe(255);
        expect(rasterize(ink)).toEqual(image);
      }),
    );
  });

  it('does not care where or how large the drawing is', () => {
    const size = fc.constantFrom(1e-6, 1 / 3, 1, 7, 1e6, 1e80);
    fc.assert(
      fc.property(strokes, size, point, (ink, scale, [dx, dy]) => {
        const moved = map(ink, ([x, y]) => [(x + dx) * scale, (y + dy) * scale]);
        expect(difference(rasterize(moved), rasterize(ink))).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('does not care about the order and direction of strokes', () => {
    fc.assert(
      fc.property(strokes, (ink) => {
        const backwards = ink.map((stroke) => stroke.toReversed()).reverse();
        expect(difference(rasterize(backwards), rasterize(ink))).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('never fails on raw numbers', () => {
    const raw = fc.tuple(fc.double(), fc.double());
    fc.assert(
      fc.property(fc.array(fc.array(raw)), (ink) => {
        const image = rasterize(ink);
        expect(image === null || image.some((level) => level > 0)).toBe(true);
      }),
    );
  });

  it('puts the centre of mass in the middle of pixel 14 unless the frame is in the way', () => {
    fc.assert(
      fc.property(strokes, (ink) => {
        const image = rasterize(ink)!;
        const mass = image.reduce((sum, level) => sum + level);
        const moment = image.reduce((sum, level, i) => sum + level * (i % 28), 0);
        const columns = rows(image);
        const touchesEdge = columns.some((row) => row[0]! > 0 || row[27]! > 0);
        expect(touchesEdge || Math.abs(moment / mass - 14) < 0.15).toBe(true);
      }),
    );
  });
});
