import { describe, expect, it } from 'vitest';
import { normalizePicture } from '../../../src/shared/ink/normalize-picture.ts';
import { rasterize } from '../../../src/shared/ink/rasterize.ts';
import type { InkPoint } from '../../../src/shared/domain/ink.ts';

const SEVEN: InkPoint[] = [
  [100, 100],
  [400, 110],
  [250, 500],
];
const SIDE = 600;

/** The 7 on a white sheet of 600x600, drawn with a hard-edged pen by the definition of a capsule. */
function sheet(penWidth: number): Uint8Array {
  const gray = new Uint8Array(SIDE * SIDE).fill(255);
  for (let i = 1; i < SEVEN.length; i++) {
    const [x0, y0] = SEVEN[i - 1]!;
    const [x1, y1] = SEVEN[i]!;
    const lengthSquared = (x1 - x0) ** 2 + (y1 - y0) ** 2;
    for (let pixel = 0; pixel < gray.length; pixel++) {
      const x = pixel % SIDE;
      const y = Math.floor(pixel / SIDE);
      const along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / lengthSquared;
      const t = Math.min(1, Math.max(0, along));
      if (Math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0)) <= penWidth / 2) gray[pixel] = 0;
    }
  }
  return gray;
}

const mean = (levels: ArrayLike<number>) =>
  Array.from(levels).reduce((sum, level) => sum + level, 0) / levels.length;

describe('a picture with thin strokes', () => {
  const drawn = rasterize([SEVEN])!;

  it.each([1, 2, 5, 20])('looks like the pad, whether its pen was %i pixels wide', (penWidth) => {
    const image = normalizePicture(sheet(penWidth), SIDE, SIDE)!;
    expect(Math.abs(mean(image) - mean(drawn))).toBeLessThan(4);
    expect(mean(image.map((level, i) => Math.abs(level - drawn[i]!)))).toBeLessThan(12);
  });

  it('keeps strokes that are wide enough as they are', () => {
    // 80 of 480 pixels of height: 3.3 of the 20 that it gets, where the pad's pen has 2.5.
    const wide = normalizePicture(sheet(80), SIDE, SIDE)!;
    expect(mean(wide)).toBeGreaterThan(1.2 * mean(drawn));
  });
});
