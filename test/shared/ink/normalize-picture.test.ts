import { describe, expect, it } from 'vitest';
import { normalizePicture } from '../../../src/shared/ink/normalize-picture.ts';
import { rasterize } from '../../../src/shared/ink/rasterize.ts';

interface Drawing {
  width: number;
  height: number;
  paper: number;
  ink: number;
}

/** A picture with filled rectangles `[x, y, width, height]`. */
function picture({ width, height, paper, ink }: Drawing, rectangles: number[][]): Uint8Array {
  const gray = new Uint8Array(width * height).fill(paper);
  for (const [left, top, across, down] of rectangles as [number, number, number, number][])
    for (let y = top; y < top + down; y++) gray.fill(ink, y * width + left, y * width + left + across);
  return gray;
}

const DARK_ON_LIGHT = { width: 100, height: 80, paper: 255, ink: 0 };
const BAR = [[30, 10, 9, 60]];

describe('normalizePicture, written out', () => {
  it('gives null for blank paper of any shade, with or without texture', () => {
    for (const shade of [0, 128, 255])
      expect(normalizePicture(new Uint8Array(600).fill(shade), 30, 20)).toBeNull();
    const texture = Uint8Array.from({ length: 10_000 }, (_, i) => 200 + ((i * 7919) % 13));
    expect(normalizePicture(texture, 100, 100)).toBeNull();
    expect(normalizePicture(Uint8Array.of(7), 1, 1)).toBeNull();
  });

  it('puts a bar of 9x60 as 3x20 into the middle', () => {
    const image = normalizePicture(picture(DARK_ON_LIGHT, BAR), 100, 80)!;
    const expected = new Uint8Array(784);
    for (let y = 5; y < 25; y++) expected.fill(255, y * 28 + 13, y * 28 + 16);
    expect(image).toEqual(expected);
  });

  it('reads light on dark, gray on gray and any margin alike', () => {
    const expected = normalizePicture(picture(DARK_ON_LIGHT, BAR), 100, 80);
    expect(normalizePicture(picture({ ...DARK_ON_LIGHT, paper: 0, ink: 255 }, BAR), 100, 80)).toEqual(
      expected,
    );
    expect(normalizePicture(picture({ ...DARK_ON_LIGHT, paper: 180, ink: 90 }, BAR), 100, 80)).toEqual(
      expected,
    );
    const tall = { width: 60, height: 300, paper: 255, ink: 0 };
    expect(normalizePicture(picture(tall, [[45, 200, 9, 60]]), 60, 300)).toEqual(expected);
  });

  it('does not see faint dirt and paper texture beside the ink', () => {
    const clean = picture(DARK_ON_LIGHT, BAR);
    const dirty = clean.map((level, i) => (level === 255 ? 255 - ((i * 31) % 4) : level));
    dirty[5 * 100 + 90] = 245;
    const expected = normalizePicture(clean, 100, 80)!;
    const image = normalizePicture(dirty, 100, 80)!;
    expect(Math.max(...image.map((level, i) => Math.abs(level - expected[i]!)))).toBeLessThanOrEqual(2);
  });

  it('leaves what is normalised already nearly as it is', () => {
    const image = rasterize([
      [
        [10, 10],
        [90, 12],
        [50, 130],
      ],
    ])!;
    const again = normalizePicture(normalizePicture(image, 28, 28)!, 28, 28)!;
    expect(again).toEqual(normalizePicture(again, 28, 28));
  });

  it('refuses bytes that do not fill the picture', () => {
    expect(() => normalizePicture(new Uint8Array(5), 2, 2)).toThrow('2x2 cannot have 5 bytes');
    expect(() => normalizePicture(new Uint8Array(0), 0, 0)).toThrow('0x0');
  });
});
