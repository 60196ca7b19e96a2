/** The image every part of the app agrees on: 28x28, one byte a pixel, row-major, ink 255 on 0. */
import type { z } from 'zod';
import { uint8Schema } from './bytes.ts';

export const IMAGE_SIDE = 28;
export const IMAGE_PIXELS = IMAGE_SIDE * IMAGE_SIDE;

/** `[784]` bytes, row-major, ink 255 on 0. */
export const digitImageSchema = uint8Schema.refine(
  (pixels) => pixels.length === IMAGE_PIXELS,
  `an image has ${IMAGE_PIXELS} bytes`,
);
export type DigitImage = z.infer<typeof digitImageSchema>;
