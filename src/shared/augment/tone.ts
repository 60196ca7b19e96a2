/** What changes grey levels in place: contrast, noise, and a blanked square. */
import { IMAGE_SIDE } from '../domain/image.ts';
import { createRandom } from '../random/random.ts';

/**
 * Multiplies every grey level by `factor`. Keras's RandomContrast scales about the image's mean; that would turn the
 * paper grey, and paper is 0 in every image the app ever sees.
 */
export function applyContrast(image: Uint8Array, factor: number): void {
  for (let pixel = 0; pixel < image.length; pixel++) image[pixel] = toByte(image[pixel]! * factor);
}

/** Adds Gaussian noise with this standard deviation in grey levels, drawn from `seed`. */
export function addNoise(image: Uint8Array, deviation: number, seed: number): void {
  const random = createRandom(seed);
  for (let pixel = 0; pixel < image.length; pixel++)
    image[pixel] = toByte(image[pixel]! + deviation * random.normal());
}

export interface Square {
  centreX: number;
  centreY: number;
  side: number;
}

/** Sets a square to `value`; what of it lies outside the image is cut off. An even side reaches further to the left and up. */
export function cutOut(image: Uint8Array, { centreX, centreY, side }: Square, value: number): void {
  const left = centreX - (side >> 1);
  const top = centreY - (side >> 1);
  for (let y = Math.max(top, 0); y < Math.min(top + side, IMAGE_SIDE); y++)
    image.fill(value, y * IMAGE_SIDE + Math.max(left, 0), y * IMAGE_SIDE + Math.min(left + side, IMAGE_SIDE));
}

/** Rounded, and cut off at 0 and 255. */
function toByte(value: number): number {
  const rounded = (value + 0.5) | 0;
  return value <= 0 ? 0 : rounded > 255 ? 255 : rounded;
}
