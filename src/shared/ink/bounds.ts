/** The smallest box around ink. */
import type { Box, Stroke } from '../domain/ink.ts';
import { cleanStrokes } from './clean.ts';

/** The box around the centre-lines of all strokes, in the ink's unit; null when nothing is drawn. */
export function inkBounds(strokes: readonly Stroke[]): Box | null {
  return boundsOf(cleanStrokes(strokes));
}

/** The same for strokes that are clean already. */
export function boundsOf(strokes: readonly Stroke[]): Box | null {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const stroke of strokes) {
    for (const point of stroke) {
      const x = point[0];
      const y = point[1];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return left <= right ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}
