/** Scales ink into the digit square and thins it to what the pixels can show. */
import { IMAGE_SIDE } from '../domain/image.ts';
import type { Stroke } from '../domain/ink.ts';
import { boundsOf } from './bounds.ts';
import { cleanStrokes } from './clean.ts';
import { DIGIT_SIDE } from './frame.ts';

/** Points closer together than this, in image pixels, are one point: far below what 8-bit coverage can show. */
const THINNING_DISTANCE = 1 / 32;

/** A polyline in frame pixels, as x0, y0, x1, y1, … */
export type Polyline = readonly number[];

/** Maps one coordinate of the ink to frame pixels. */
type Place = (value: number) => number;

/**
 * The strokes in frame pixels (0..28), aspect preserved, their box in the middle of the frame and, with half a pen
 * width around it, 20 pixels along its longer side. Empty when nothing is drawn; a dot goes to the middle.
 */
export function fitToFrame(strokes: readonly Stroke[], penWidth: number): Polyline[] {
  const drawable = cleanStrokes(strokes);
  const box = boundsOf(drawable);
  if (!box) return [];
  const extent = Math.max(box.width, box.height);
  const span = DIGIT_SIDE - penWidth;
  const placeAlong = (from: number, size: number): Place => {
    if (extent === 0) return () => IMAGE_SIDE / 2;
    const start = (IMAGE_SIDE - (size / extent) * span) / 2;
    // Divided before it is multiplied, so that no extent, however small, can overflow the scale.
    return (value) => start + ((value - from) / extent) * span;
  };
  const placeX = placeAlong(box.x, box.width);
  const placeY = placeAlong(box.y, box.height);
  return drawable.map((stroke) => placeThinned(stroke, placeX, placeY));
}

/** Places a stroke's points and leaves out those that hardly move the pen; the first and the last always stay. */
function placeThinned(stroke: Stroke, placeX: Place, placeY: Place): Polyline {
  const kept: number[] = [];
  let lastX = Infinity;
  let lastY = Infinity;
  stroke.forEach((point, index) => {
    const x = placeX(point[0]);
    const y = placeY(point[1]);
    const isEnd = index === stroke.length - 1;
    if (!isEnd && (x - lastX) ** 2 + (y - lastY) ** 2 < THINNING_DISTANCE ** 2) return;
    kept.push(x, y);
    lastX = x;
    lastY = y;
  });
  return kept;
}
