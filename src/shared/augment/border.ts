/** What an image is said to hold beyond its edges. */
import { IMAGE_SIDE } from '../domain/image.ts';
import type { Augmentation } from './parameters.ts';

export type FillMode = Augmentation['fillMode'];

/** The row or column that stands for "outside": images are sampled from a scratch that has one more of each. */
export const OUTSIDE = IMAGE_SIDE;

/** How far beyond the image, in pixels, the sampler can look; more than the most extreme parameters reach (about 2,900). */
export const REACH = 4096;

/** Which row or column (0..27, or OUTSIDE) stands at `position`, for any whole position. */
export function tapAt(fillMode: FillMode, position: number): number {
  switch (fillMode) {
    case 'constant':
      return position >= 0 && position < IMAGE_SIDE ? position : OUTSIDE;
    case 'nearest':
      return Math.min(Math.max(position, 0), IMAGE_SIDE - 1);
    case 'reflect': {
      const place = modulo(position, 2 * IMAGE_SIDE);
      return place < IMAGE_SIDE ? place : 2 * IMAGE_SIDE - 1 - place;
    }
    case 'wrap':
      return modulo(position, IMAGE_SIDE);
  }
}

/** `tapAt` for the positions -REACH..REACH, as a table indexed by position + REACH. */
export function tapTable(fillMode: FillMode): Uint8Array {
  return Uint8Array.from({ length: 2 * REACH + 1 }, (_, index) => tapAt(fillMode, index - REACH));
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
