/** Draws resources/icon.png, the app's icon: a 7 in white ink on a rounded square. Run it after changing the drawing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';

/** electron-builder makes every other size from this one; 512 is the least it takes. */
const SIDE = 512;
/** All lengths below are parts of the side. */
const MARGIN = 0.04;
const CORNER = 0.22;
const STROKE = 0.055;
const SEVEN: readonly Point[] = [
  [0.29, 0.28],
  [0.71, 0.28],
  [0.43, 0.76],
];
const TOP = [0x5b, 0x5b, 0xf0];
const BOTTOM = [0x2a, 0x2a, 0xa8];

type Point = readonly [x: number, y: number];

/** Distance to the rounded square's edge, negative inside. */
function squareDistance([x, y]: Point): number {
  const half = 0.5 - MARGIN - CORNER;
  const dx = Math.max(Math.abs(x - 0.5) - half, 0);
  const dy = Math.max(Math.abs(y - 0.5) - half, 0);
  return Math.hypot(dx, dy) - CORNER;
}

/** Distance to the edge of the ink, negative inside. */
function inkDistance(point: Point): number {
  const distances = SEVEN.slice(1).map((end, i) => segmentDistance(point, SEVEN[i] ?? end, end));
  return Math.min(...distances) - STROKE;
}

function segmentDistance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

/** How much of a pixel lies inside, 0..1: edges are one pixel soft. */
const coverage = (distance: number) => Math.min(Math.max(0.5 - distance * SIDE, 0), 1);

const png = new PNG({ width: SIDE, height: SIDE });
for (let row = 0; row < SIDE; row++) {
  for (let column = 0; column < SIDE; column++) {
    const point: Point = [(column + 0.5) / SIDE, (row + 0.5) / SIDE];
    const ink = coverage(inkDistance(point));
    const color = TOP.map((top, i) => top + ((BOTTOM[i] ?? top) - top) * point[1]);
    const at = (row * SIDE + column) * 4;
    color.forEach((value, i) => (png.data[at + i] = Math.round(value + (255 - value) * ink)));
    png.data[at + 3] = Math.round(255 * coverage(squareDistance(point)));
  }
}
writeFileSync(join(import.meta.dirname, '../resources/icon.png'), PNG.sync.write(png));
