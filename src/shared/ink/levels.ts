/** Which gray levels of a picture are paper and which are ink. */
import { otsuThreshold } from './otsu.ts';

/** Gray levels between paper and ink below which a picture counts as blank: paper texture, not writing. */
const LEAST_CONTRAST = 24;
/** Ink fainter than this part of the full ink level is dirt, shadow or compression noise. */
const FAINTEST_INK = 1 / 16;
/** Paper noise is cut at this many median absolute deviations. */
const NOISE_DEVIATIONS = 4;
/** Part of the ink pixels that are fainter than what counts as full ink. */
const FULL_INK_QUANTILE = 0.95;

/** A gray picture, row-major, one byte a pixel. */
export interface GrayPicture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Ink strength 0..255 for each of the 256 gray levels, whatever the polarity of the picture: what its border mostly
 * shows is paper. Null when the picture is blank.
 */
export function inkLevels(picture: GrayPicture): Uint8Array | null {
  const histogram = new Uint32Array(256);
  for (let i = 0; i < picture.pixels.length; i++) histogram[picture.pixels[i]!]!++;
  const threshold = otsuThreshold(histogram);
  if (threshold === null) return null;
  if (!isPaperDark(picture, threshold)) {
    const inverted = strengths(histogram.toReversed(), 254 - threshold);
    return inverted?.reverse() ?? null;
  }
  return strengths(histogram, threshold);
}

/** Whether more than half of the outermost pixels belong to the dark class. */
function isPaperDark({ pixels, width, height }: GrayPicture, threshold: number): boolean {
  let dark = 0;
  let count = 0;
  for (let y = 0; y < height; y++) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1);
    for (let x = 0; x < width; x += step) {
      count++;
      if ((pixels[y * width + x] ?? 0) <= threshold) dark++;
    }
  }
  return dark * 2 > count;
}

/** Ink strength per level for bright ink on dark paper. */
function strengths(histogram: Uint32Array, threshold: number): Uint8Array | null {
  const paper = quantile(histogram.subarray(0, threshold + 1), 0.5);
  const ink = threshold + 1 + quantile(histogram.subarray(threshold + 1), FULL_INK_QUANTILE);
  const contrast = ink - paper;
  if (contrast < LEAST_CONTRAST) return null;
  const deviations = new Uint32Array(256);
  for (let level = 0; level <= threshold; level++) {
    const deviation = Math.abs(level - paper);
    deviations[deviation] = (deviations[deviation] ?? 0) + (histogram[level] ?? 0);
  }
  const noise = Math.max(NOISE_DEVIATIONS * quantile(deviations, 0.5), contrast * FAINTEST_INK);
  return Uint8Array.from(histogram, (_, level) =>
    level - paper <= noise ? 0 : Math.min(255, Math.round(((level - paper) / contrast) * 255)),
  );
}

/** The first level at which at least the part `fraction` of a histogram's pixels is reached. */
function quantile(histogram: Uint32Array, fraction: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  let count = 0;
  for (let level = 0; level < histogram.length; level++) {
    count += histogram[level] ?? 0;
    if (count >= total * fraction) return level;
  }
  return 0;
}
