/** Ink to image: the one rasteriser of the app, for the pad, training, the command line and tests. */
import { IMAGE_SIDE, type DigitImage } from '../domain/image.ts';
import type { Stroke } from '../domain/ink.ts';
import { centreOfMass } from './centre-of-mass.ts';
import { drawPolylines } from './draw.ts';
import { fitToFrame } from './fit.ts';
import { DIGIT_SIDE, FRAME_CENTRE, FRAME_MARGIN } from './frame.ts';

/** Chosen so that real pen strokes get the same mean ink as MNIST: see test/shared/ink/pen-width.test.ts. */
export const DEFAULT_PEN_WIDTH = 2.5;

export interface RasterizeOptions {
  /** Diameter of the pen in image pixels, over 0 and under 20; default 2.5, the look of MNIST. */
  penWidth?: number;
}

/**
 * Draws strokes the way MNIST looks: fitted into 20x20 with a pen of fixed width whatever the size of the drawing,
 * centre of mass in the middle of 28x28, ink 255 on 0. Null when nothing is drawn. Pressure and time do not count.
 */
export function rasterize(strokes: readonly Stroke[], options: RasterizeOptions = {}): DigitImage | null {
  const { penWidth = DEFAULT_PEN_WIDTH } = options;
  if (!(penWidth > 0 && penWidth < DIGIT_SIDE))
    throw new RangeError(`penWidth must be over 0 and under ${DIGIT_SIDE}, got ${penWidth}`);
  const lines = fitToFrame(strokes, penWidth);
  const centre = centreOfMass(drawPolylines(lines, { width: penWidth, shiftX: 0, shiftY: 0 }), IMAGE_SIDE);
  if (!centre) return null;
  // Drawn again where it belongs, because moving the pixels by parts of a pixel would blur them.
  const image = drawPolylines(lines, {
    width: penWidth,
    shiftX: centringShift(centre.x),
    shiftY: centringShift(centre.y),
  });
  return Uint8Array.from(image, (coverage) => Math.round(coverage * 255));
}

/** How far to move ink that balances at `centre`; never so far that it would leave the frame. */
function centringShift(centre: number): number {
  return Math.min(FRAME_MARGIN, Math.max(-FRAME_MARGIN, FRAME_CENTRE - centre));
}
