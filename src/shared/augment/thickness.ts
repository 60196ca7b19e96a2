/** Thicker and thinner strokes by grey dilation and erosion, in fractions of a pixel. */
import { IMAGE_SIDE } from '../domain/image.ts';

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
    let from = image;
    let square = false;
    for (let left = Math.abs(amount); left > 0; left -= 1) {
      load(from, negative, padded);
      grow(padded, out, { square, negative, share: Math.round(FULL * Math.min(left, 1)) });
      from = out;
      square = !square;
    }
  };
}

function load(image: Uint8Array, negative: number, padded: Uint8Array): void {
  let pixel = 0;
  for (let y = 1; y <= IMAGE_SIDE; y++) {
    const row = y * STRIDE + 1;
    for (let x = 0; x < IMAGE_SIDE; x++) padded[row + x] = image[pixel++]! ^ negative;
  }
}

interface Step {
  square: boolean;
  negative: number;
  share: number;
}

/** Moves each pixel by `share` / 256 of the way to the largest value around it. */
function grow(padded: Uint8Array, out: Uint8Array, { square, negative, share }: Step): void {
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
      const value = middle + ((Math.imul(largest - middle, share) + FULL / 2) >> 8);
      out[pixel++] = value ^ negative;
      side = square ? column : middle;
      middle = nextMiddle;
      column = nextColumn;
    }
  }
}
