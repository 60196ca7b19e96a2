/** Thicker and thinner strokes by grey dilation and erosion, in fractions of a pixel. */
import { IMAGE_PIXELS, IMAGE_SIDE } from '../domain/image.ts';

/** One free pixel all around; a power of two apart, so that a row is a shift away. */
const STRIDE = 32;
const FULL = 256;

/**
 * A function that grows the strokes of `image` by `amount` pixels on each side (shrinks them if negative) and writes the
 * result to `out`. Steps of one pixel take the largest value under a cross and a 3x3 square in turn, which makes octagons
 * of dots; the last, fractional step is blended. Pixels outside the image take no part.
 */
export function createThickener(): (image: Uint8Array, amount: number, out: Uint8Array) => void {
  // The ring around the image is never written: 0 loses every comparison.
  const padded = new Uint8Array((IMAGE_SIDE + 2) * STRIDE);
  return (image, amount, out) => {
    // Erosion is dilation of the negative; 255 - v is v ^ 255.
    const negative = amount < 0 ? 255 : 0;
    load(image, negative, padded);
    let left = Math.abs(amount);
    for (let square = false; left > 0; square = !square) {
      grow(padded, out, { square, share: Math.round(FULL * Math.min(left, 1)) });
      left -= 1;
      if (left > 0) load(out, 0, padded);
    }
    for (let pixel = 0; pixel < IMAGE_PIXELS; pixel++) out[pixel]! ^= negative;
  };
}

function load(image: Uint8Array, negative: number, padded: Uint8Array): void {
  let pixel = 0;
  for (let y = 1; y <= IMAGE_SIDE; y++) {
    const row = y * STRIDE + 1;
    for (let x = 0; x < IMAGE_SIDE; x++) padded[row + x] = image[pixel++]! ^ negative;
  }
}

/** Moves each pixel by `share` / 256 of the way to the largest value around it. */
function grow(
  padded: Uint8Array,
  out: Uint8Array,
  { square, share }: { square: boolean; share: number },
): void {
  let pixel = 0;
  for (let y = 1; y <= IMAGE_SIDE; y++) {
    const row = y * STRIDE;
    let side = 0;
    let middle = padded[row + 1]!;
    let column = Math.max(padded[row + 1 - STRIDE]!, middle, padded[row + 1 + STRIDE]!);
    for (let x = row + 2; x < row + IMAGE_SIDE + 2; x++) {
      const nextMiddle = padded[x]!;
      const nextColumn = Math.max(padded[x - STRIDE]!, nextMiddle, padded[x + STRIDE]!);
      const largest = Math.max(side, column, square ? nextColumn : nextMiddle);
      out[pixel++] = middle + ((Math.imul(largest - middle, share) + FULL / 2) >> 8);
      side = square ? column : middle;
      middle = nextMiddle;
      column = nextColumn;
    }
  }
}
