/** Gives thin writing in pictures the width that networks know: a fine pen on a large sheet would fade to nothing. */
import type { Box } from '../domain/ink.ts';
import { DIGIT_SIDE } from './frame.ts';
import type { GrayPicture } from './levels.ts';
import { DEFAULT_PEN_WIDTH } from './rasterize.ts';

/** Strokes thinner than this in the finished image are drawn again with the pad's pen; MNIST hardly has any. */
const THINNEST_STROKE = 1.2;
/** Width is measured and added on a grid this many times finer than the finished image. */
const FINENESS = 8;

/** Ink and the box around it. */
export interface BoxedInk {
  readonly picture: GrayPicture;
  readonly box: Box;
}

/** The same ink, or when its strokes would come out too thin, a coarser copy with strokes of the pad's pen width. */
export function thickenThinStrokes(ink: BoxedInk): BoxedInk {
  const pooled = pool(ink);
  const pixelsPerFramePixel = Math.max(pooled.width, pooled.height) / DIGIT_SIDE;
  const width = strokeWidth(pooled) / pixelsPerFramePixel;
  if (width >= THINNEST_STROKE) return ink;
  const radius = ((DEFAULT_PEN_WIDTH - width) / 2) * pixelsPerFramePixel;
  const picture = spread(pooled, radius);
  return { picture, box: { x: 0, y: 0, width: picture.width, height: picture.height } };
}

/** The box at no more than the fineness needed: the strongest ink of each square of pixels, so that none fades. */
function pool({ picture, box }: BoxedInk): GrayPicture {
  const cell = Math.ceil(Math.max(box.width, box.height) / (DIGIT_SIDE * FINENESS));
  const width = Math.ceil(box.width / cell);
  const height = Math.ceil(box.height / cell);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < box.height; y++) {
    const row = (box.y + y) * picture.width + box.x;
    const target = Math.floor(y / cell) * width;
    for (let x = 0; x < box.width; x++) {
      const level = picture.pixels[row + x] ?? 0;
      const index = target + Math.floor(x / cell);
      if (level > (pixels[index] ?? 0)) pixels[index] = level;
    }
  }
  return { pixels, width, height };
}

/**
 * Mean width of strokes in pixels: twice their area by their outline, as a long stroke has its length on both sides.
 * The outline is the sum of all steps in level, corrected by pi / 4 for steps that go along the grid only.
 */
function strokeWidth({ pixels, width, height }: GrayPicture): number {
  const levelAt = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : pixels[y * width + x]!;
  let area = 0;
  let outline = 0;
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x <= width; x++) {
      const level = levelAt(x, y);
      area += level;
      outline += Math.abs(level - levelAt(x - 1, y)) + Math.abs(level - levelAt(x, y - 1));
    }
  }
  return (2 * area) / (outline * (Math.PI / 4));
}

/** Every pixel's ink, spread over the disk of `radius` around it; where disks overlap the strongest ink stays. */
function spread({ pixels, width, height }: GrayPicture, radius: number): GrayPicture {
  const margin = Math.ceil(radius);
  const wider = { width: width + 2 * margin, height: height + 2 * margin };
  const target = new Uint8Array(wider.width * wider.height);
  for (let dy = -margin; dy <= margin; dy++) {
    const reach = Math.floor(Math.sqrt(Math.max(0, radius * radius - dy * dy)));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const level = pixels[y * width + x]!;
        if (level === 0) continue;
        const middle = (y + margin + dy) * wider.width + x + margin;
        for (let i = middle - reach; i <= middle + reach; i++) if (target[i]! < level) target[i] = level;
      }
    }
  }
  return { pixels: target, ...wider };
}
