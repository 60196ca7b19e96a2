/** Takes from raw ink what can be drawn: the points whose position is a usable number. */
import type { InkPoint, Stroke } from '../domain/ink.ts';

/** Beyond this no unit of length makes sense, and squares of coordinates would overflow. */
const LARGEST_COORDINATE = 1e100;

/** The strokes without NaN, infinite or absurd points, and without strokes that are then empty. */
export function cleanStrokes(strokes: readonly Stroke[]): Stroke[] {
  return strokes.map((stroke) => stroke.filter(isUsable)).filter((stroke) => stroke.length > 0);
}

/** False for NaN, infinite and absurdly large numbers alike: every comparison with NaN is false. */
function isUsable(point: InkPoint): boolean {
  return Math.abs(point[0]) < LARGEST_COORDINATE && Math.abs(point[1]) < LARGEST_COORDINATE;
}
