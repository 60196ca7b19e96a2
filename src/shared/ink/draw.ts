/** Draws polylines with a round pen, anti-aliased. */
import { IMAGE_PIXELS, IMAGE_SIDE } from '../domain/image.ts';
import type { Polyline } from './fit.ts';

export interface Pen {
  /** Diameter of the round tip, in image pixels. */
  readonly width: number;
  /** Added to every point before it is drawn, in image pixels. */
  readonly shiftX: number;
  readonly shiftY: number;
}

interface Segment {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * Coverage `[784]`, 0..1, of the polylines drawn with `pen`. Each segment is a capsule whose edge ramps over one pixel
 * with the distance of the pixel's centre; overlaps keep the largest coverage, so crossings do not add up.
 */
export function drawPolylines(lines: readonly Polyline[], pen: Pen): Float32Array {
  const image = new Float32Array(IMAGE_PIXELS);
  for (const line of lines) {
    for (let i = 0; i < Math.max(line.length - 2, 2); i += 2) {
      const x = (line[i] ?? 0) + pen.shiftX;
      const y = (line[i + 1] ?? 0) + pen.shiftY;
      // A line of one point is a segment of no length: a dot.
      const dx = (line[i + 2] ?? line[i] ?? 0) + pen.shiftX - x;
      const dy = (line[i + 3] ?? line[i + 1] ?? 0) + pen.shiftY - y;
      drawSegment(image, { x, y, dx, dy }, pen.width / 2);
    }
  }
  return image;
}

/** Visits, row by row, only the pixels that the capsule can reach. */
function drawSegment(image: Float32Array, segment: Segment, radius: number): void {
  const { x, y, dx, dy } = segment;
  const reach = radius + 0.5;
  const firstRow = Math.max(0, Math.floor(Math.min(y, y + dy) - reach));
  const lastRow = Math.min(IMAGE_SIDE - 1, Math.floor(Math.max(y, y + dy) + reach));
  for (let row = firstRow; row <= lastRow; row++) {
    const from = x + positionAt(segment, row + 0.5 - reach, 0) * dx;
    const to = x + positionAt(segment, row + 0.5 + reach, 1) * dx;
    const firstColumn = Math.max(0, Math.floor(Math.min(from, to) - reach));
    const lastColumn = Math.min(IMAGE_SIDE - 1, Math.floor(Math.max(from, to) + reach));
    for (let column = firstColumn; column <= lastColumn; column++) {
      const index = row * IMAGE_SIDE + column;
      const current = image[index] ?? 0;
      if (current === 1) continue;
      const coverage = reach - distanceToSegment(segment, column + 0.5, row + 0.5);
      if (coverage > current) image[index] = Math.min(1, coverage);
    }
  }
}

/** How far along the segment (0..1) it is at the height `y`, or nearest to it; a level segment is there all along. */
function positionAt({ y: startY, dy }: Segment, y: number, ifLevel: number): number {
  return dy === 0 ? ifLevel : Math.min(1, Math.max(0, (y - startY) / dy));
}

function distanceToSegment({ x, y, dx, dy }: Segment, px: number, py: number): number {
  const lengthSquared = dx * dx + dy * dy;
  const along = lengthSquared > 0 ? ((px - x) * dx + (py - y) * dy) / lengthSquared : 0;
  const t = Math.min(1, Math.max(0, along));
  const offX = px - x - t * dx;
  const offY = py - y - t * dy;
  // Not Math.hypot, which is many times slower: nothing here is large enough to overflow.
  return Math.sqrt(offX * offX + offY * offY);
}
