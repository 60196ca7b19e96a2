/** Picture to image: the same look as `rasterize`, for digits that come as pixels. */
import { IMAGE_SIDE, type DigitImage } from '../domain/image.ts';
import type { Box } from '../domain/ink.ts';
import { areaAverage, type Placement } from './area-average.ts';
import { centreOfMass } from './centre-of-mass.ts';
import { DIGIT_SIDE, FRAME_CENTRE } from './frame.ts';
import { thickenThinStrokes, type BoxedInk } from './thin-strokes.ts';
import { findPictureInk, type PictureInk } from './picture-ink.ts';

/**
 * MNIST's recipe for the gray picture of one digit (row-major bytes): ink separated from paper, its box scaled into
 * 20x20 with the aspect kept, centre of mass in the middle of 28x28, ink 255 on 0; strokes that would come out too thin get the pad's pen. Null when the picture is blank.
 */
export function normalizePicture(gray: Uint8Array, width: number, height: number): DigitImage | null {
  const ink = findPictureInk({ pixels: gray, width, height });
  return ink && normalizePictureInk(ink, ink.box);
}

/** The same for the part of a picture's ink inside `box`; null when there is none. */
export function normalizePictureInk(ink: PictureInk, box: Box): DigitImage | null {
  return placeInFrame(thickenThinStrokes({ picture: ink, box }));
}

function placeInFrame({ picture, box }: BoxedInk): DigitImage | null {
  const scale = DIGIT_SIDE / Math.max(box.width, box.height);
  const corner = areaAverage(picture, { box, scale, left: 0, top: 0 });
  const centre = centreOfMass(corner, IMAGE_SIDE);
  if (!centre) return null;
  const placement: Placement = {
    box,
    scale,
    left: offsetFor(centre.x, box.width * scale),
    top: offsetFor(centre.y, box.height * scale),
  };
  return Uint8Array.from(areaAverage(picture, placement), (level) => Math.round(level));
}

/**
 * Where the box starts so that its centre of mass comes to the middle. Whole pixels, as in MNIST: what MNIST itself
 * has normalised passes through unchanged. Never so far that ink leaves the frame.
 */
function offsetFor(centre: number, size: number): number {
  const offset = Math.round(FRAME_CENTRE - centre);
  return Math.max(0, Math.min(IMAGE_SIDE - Math.ceil(size), offset));
}
