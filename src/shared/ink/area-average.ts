/** Scales part of a picture into the frame by exact area averaging. */
import type { Box } from '../domain/ink.ts';
import { IMAGE_PIXELS, IMAGE_SIDE } from '../domain/image.ts';
import type { GrayPicture } from './levels.ts';

/** Where a box of a picture goes: frame pixel = `left` + `scale` x (picture pixel - box.x), likewise for y. */
export interface Placement {
  readonly box: Box;
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/**
 * The box of `picture` in the 28x28 frame, `[784]` in the picture's unit: every frame pixel is the mean of the picture
 * over the area it covers, and what lies outside of the box counts as 0.
 */
export function areaAverage(picture: GrayPicture, placement: Placement): Float32Array {
  const { box, scale, left, top } = placement;
  const columns = coverages(box.width, scale, left);
  const rows = coverages(box.height, scale, top);
  const image = new Float32Array(IMAGE_PIXELS);
  rows.forEach((row) => {
    const start = (box.y + row.source) * picture.width + box.x;
    for (const column of columns) {
      const level = picture.pixels[start + column.source] ?? 0;
      const index = row.target * IMAGE_SIDE + column.target;
      if (level > 0) image[index] = (image[index] ?? 0) + level * row.weight * column.weight;
    }
  });
  return image;
}

interface Coverage {
  readonly source: number;
  readonly target: number;
  /** Part of the target pixel, along this axis, that the source pixel covers. */
  readonly weight: number;
}

/** Which of `size` source pixels cover which frame pixels, along one axis. */
function coverages(size: number, scale: number, offset: number): Coverage[] {
  const found: Coverage[] = [];
  for (let source = 0; source < size; source++) {
    const from = offset + source * scale;
    const to = offset + (source + 1) * scale;
    for (let target = Math.max(0, Math.floor(from)); target < Math.min(IMAGE_SIDE, to); target++) {
      const weight = Math.min(to, target + 1) - Math.max(from, target);
      if (weight > 0) found.push({ source, target, weight });
    }
  }
  return found;
}
