/** Finds the ink in a picture. */
import type { Box } from '../domain/ink.ts';
import { inkLevels, type GrayPicture } from './levels.ts';

/** The ink of a picture: strength per pixel (ink 255 on 0) and the box around all of it, in pixels. */
export interface PictureInk extends GrayPicture {
  readonly box: Box;
}

/** Separates ink from paper, dark on light or light on dark; null when the picture is blank. */
export function findPictureInk(picture: GrayPicture): PictureInk | null {
  const { pixels, width, height } = picture;
  if (pixels.length !== width * height || pixels.length === 0)
    throw new RangeError(`a gray picture of ${width}x${height} cannot have ${pixels.length} bytes`);
  const levels = inkLevels(picture);
  if (!levels) return null;
  const ink = new Uint8Array(pixels.length);
  // A plain loop: a callback for each of millions of pixels takes seconds.
  for (let i = 0; i < pixels.length; i++) ink[i] = levels[pixels[i] ?? 0] ?? 0;
  const box = boxAround({ pixels: ink, width, height });
  return box && { pixels: ink, width, height, box };
}

function boxAround({ pixels, width, height }: GrayPicture): Box | null {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[y * width + x] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
