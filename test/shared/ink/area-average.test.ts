import { expect, it } from 'vitest';
import { areaAverage } from '../../../src/shared/ink/area-average.ts';

const box = { x: 1, y: 0, width: 4, height: 2 };
const picture = {
  // prettier-ignore
  pixels: Uint8Array.of(
    99, 100, 200, 0, 40, 99,
    99, 0, 100, 80, 120, 99,
  ),
  width: 6,
  height: 2,
};
const corner = (image: Float32Array, width: number, height: number) =>
  Array.from({ length: height }, (_, y) => [...image.subarray(y * 28, y * 28 + width)]);

it('copies at scale 1, only what is in the box', () => {
  const image = areaAverage(picture, { box, scale: 1, left: 0, top: 0 });
  expect(corner(image, 5, 3)).toEqual([
    [100, 200, 0, 40, 0],
    [0, 100, 80, 120, 0],
    [0, 0, 0, 0, 0],
  ]);
});

it('takes the mean of what a pixel covers, and nothing for what lies outside of the box', () => {
  const halved = areaAverage(picture, { box, scale: 0.5, left: 0, top: 0 });
  expect(corner(halved, 3, 2)).toEqual([
    [(100 + 200 + 0 + 100) / 4, (0 + 40 + 80 + 120) / 4, 0],
    [0, 0, 0],
  ]);
  const shifted = areaAverage(picture, { box, scale: 1, left: 0.25, top: 0 });
  expect(corner(shifted, 5, 1)).toEqual([[75, 25 + 150, 50, 30, 10]]);
});

it('repeats pixels when it enlarges, and cuts off at the frame', () => {
  const doubled = areaAverage(picture, { box, scale: 2, left: -2, top: 26 });
  expect([...doubled.subarray(26 * 28, 26 * 28 + 7)]).toEqual([200, 200, 0, 0, 40, 40, 0]);
  expect(doubled.subarray(0, 26 * 28).every((level) => level === 0)).toBe(true);
});
