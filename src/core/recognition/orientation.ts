/** Turns a picture upright. */
import type { ColourPicture } from './picture-format.ts';

/** For each EXIF orientation: are the sides swapped, and then is the picture mirrored across and upside down? */
const ORIENTATIONS = [
  { swap: false, flipX: false, flipY: false },
  { swap: false, flipX: true, flipY: false },
  { swap: false, flipX: true, flipY: true },
  { swap: false, flipX: false, flipY: true },
  { swap: true, flipX: false, flipY: false },
  { swap: true, flipX: false, flipY: true },
  { swap: true, flipX: true, flipY: true },
  { swap: true, flipX: true, flipY: false },
] as const;

/** The picture as it should be seen, given its EXIF `orientation` 1..8. */
export function orientPicture(picture: ColourPicture, orientation: number): ColourPicture {
  const turn = ORIENTATIONS[orientation - 1];
  if (!turn || orientation === 1) return picture;
  const [width, height] = turn.swap ? [picture.height, picture.width] : [picture.width, picture.height];
  // One 32-bit word is one pixel; a copy, because the bytes may not start at a multiple of four.
  const source = new Uint32Array(picture.rgba.slice().buffer);
  const target = new Uint32Array(source.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = turn.swap ? [y, x] : [x, y];
      const sourceX = turn.flipX ? picture.width - 1 - u : u;
      const sourceY = turn.flipY ? picture.height - 1 - v : v;
      target[y * width + x] = source[sourceY * picture.width + sourceX] ?? 0;
    }
  }
  return { rgba: new Uint8Array(target.buffer), width, height };
}
