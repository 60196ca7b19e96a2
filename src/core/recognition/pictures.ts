/** Picture files to gray pixels: told apart by content, limited in size, refused with a reason. */
import type { GrayPicture } from '../../shared/ink/levels.ts';
import { AppError, appError, fail } from '../../shared/errors.ts';
import { bmpFormat } from './picture-bmp.ts';
import { UnsupportedPicture, type ColourPicture, type PictureFormat } from './picture-format.ts';
import { gifFormat } from './picture-gif.ts';
import { jpegFormat } from './picture-jpeg.ts';
import { pngFormat } from './picture-png.ts';

const FORMATS: readonly PictureFormat[] = [pngFormat, jpegFormat, bmpFormat, gifFormat];

/** More pixels than any camera's page of digits needs; what decoding takes at most stays near 1.5 GB. */
export const MAX_MEGAPIXELS = 50;

/**
 * Decodes a PNG, JPEG, BMP or GIF file (of an animation, the first frame) to gray, see-through parts on white.
 * The size is checked from the header before anything is decoded. `name` is for messages only.
 */
export function decodePicture(bytes: Uint8Array, name: string): GrayPicture {
  if (bytes.length === 0) fail('pictureEmpty', { name });
  const format = FORMATS.find((candidate) => candidate.matches(bytes)) ?? fail('pictureUnknown', { name });
  try {
    checkSize(format, bytes, name);
    return toGray(format.decode(bytes));
  } catch (error) {
    if (error instanceof AppError) throw error;
    const parameters = { name, format: format.name, problem: problemOf(error) };
    const key = error instanceof UnsupportedPicture ? 'pictureUnsupported' : 'pictureDamaged';
    throw appError(key, parameters, { cause: error });
  }
}

function checkSize(format: PictureFormat, bytes: Uint8Array, name: string): void {
  const { width, height } = format.size(bytes);
  if (!(width > 0 && height > 0)) throw new Error(`its size is ${width} x ${height}`);
  if (width * height > MAX_MEGAPIXELS * 1e6)
    fail('pictureTooLarge', { name, width, height, limit: MAX_MEGAPIXELS });
}

/** Reading past the end is how a file that was cut short shows itself. */
function problemOf(error: unknown): string {
  if (error instanceof RangeError) return 'it ends too early';
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}

/** Luma of ITU-R BT.601, composited on white. */
function toGray({ rgba, width, height }: ColourPicture): GrayPicture {
  const pixels = new Uint8Array(width * height);
  for (let i = 0, j = 0; i < pixels.length; i++, j += 4) {
    const luma = 0.299 * (rgba[j] ?? 0) + 0.587 * (rgba[j + 1] ?? 0) + 0.114 * (rgba[j + 2] ?? 0);
    const opacity = (rgba[j + 3] ?? 0) / 255;
    pixels[i] = Math.round(luma * opacity + 255 * (1 - opacity));
  }
  return { pixels, width, height };
}
