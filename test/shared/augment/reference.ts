/** The augmenter again, straight from the definitions: slow, in floating point, without sharing any of its code. */
import type { Augmentation } from '../../../src/shared/augment/parameters.ts';
import type { Transformation } from '../../../src/shared/augment/transformation.ts';
import { createRandom } from '../../../src/shared/random/random.ts';

const SIDE = 28;
const CENTRE = 13.5;

type Matrix = [number, number, number, number];
const product = ([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix => [
  a * e + b * g,
  a * f + b * h,
  c * e + d * g,
  c * f + d * h,
];

/** The forward map of a transformation, each part as its textbook matrix. */
function forwardMatrix(t: Transformation): Matrix {
  const angle = (t.rotation / 180) * Math.PI;
  const parts: Matrix[] = [
    [Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)],
    [1, 0, Math.tan((t.shearY / 180) * Math.PI), 1],
    [1, Math.tan((t.shearX / 180) * Math.PI), 0, 1],
    [t.zoomX, 0, 0, t.zoomY],
    [t.flipHorizontal ? -1 : 1, 0, 0, t.flipVertical ? -1 : 1],
  ];
  return parts.reduce(product);
}

/** Grey level at a whole position, by scipy.ndimage's words: grid-constant, nearest, reflect, grid-wrap. */
function levelAt(
  image: ArrayLike<number>,
  [x, y]: [number, number],
  { fillMode, fillValue }: Augmentation,
): number {
  const inside = (p: number): number => {
    if (p >= 0 && p < SIDE) return p;
    if (fillMode === 'nearest') return p < 0 ? 0 : SIDE - 1;
    if (fillMode === 'wrap') return inside(p < 0 ? p + SIDE : p - SIDE);
    // Mirrored about the edge of the first or the last pixel.
    return inside(p < 0 ? -1 - p : 2 * SIDE - 1 - p);
  };
  if (fillMode === 'constant' && (x < 0 || y < 0 || x >= SIDE || y >= SIDE)) return fillValue;
  return image[inside(y) * SIDE + inside(x)]!;
}

/** The centred cubic B-spline. */
function cubicSpline(t: number): number {
  const a = Math.abs(t);
  if (a < 1) return 2 / 3 - a * a + (a * a * a) / 2;
  return a < 2 ? (2 - a) ** 3 / 6 : 0;
}

/** Displacement [x, y] of a pixel: random knots, a spacing of sigma √3 apart, blended by splines. */
function elasticField(t: Transformation, { elasticAlpha, elasticSigma }: Augmentation) {
  const spacing = elasticSigma * Math.sqrt(3);
  const knots = Math.floor(27 / spacing) + 4;
  const random = createRandom(t.elasticSeed);
  const values = Array.from({ length: knots * knots }, () => [
    (2 * random.next() - 1) * elasticAlpha,
    (2 * random.next() - 1) * elasticAlpha,
  ]);
  return (x: number, y: number): [number, number] => {
    const sum: [number, number] = [0, 0];
    for (let row = 0; row < knots; row++)
      for (let column = 0; column < knots; column++) {
        // Knot 1 lies on pixel 0.
        const weight = cubicSpline(y / spacing - (row - 1)) * cubicSpline(x / spacing - (column - 1));
        sum[0] += weight * values[row * knots + column]![0]!;
        sum[1] += weight * values[row * knots + column]![1]!;
      }
    return sum;
  };
}

/** `[784]` real grey levels: the geometric part of a transformation. */
export function warpReference(image: Uint8Array, t: Transformation, parameters: Augmentation): number[] {
  const [a, b, c, d] = forwardMatrix(t);
  const determinant = a * d - b * c;
  const displacement = parameters.elasticAlpha > 0 ? elasticField(t, parameters) : () => [0, 0];
  return Array.from({ length: SIDE * SIDE }, (_, pixel) => {
    const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
    const [fromX, fromY] = [x - CENTRE - t.shiftX, y - CENTRE - t.shiftY];
    const [moveX, moveY] = displacement(x, y);
    const sourceX = (d * fromX - b * fromY) / determinant + CENTRE + moveX!;
    const sourceY = (-c * fromX + a * fromY) / determinant + CENTRE + moveY!;
    const [left, top] = [Math.floor(sourceX), Math.floor(sourceY)];
    let level = 0;
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const weight = (1 - Math.abs(sourceX - left - dx)) * (1 - Math.abs(sourceY - top - dy));
      level += weight * levelAt(image, [left + dx, top + dy], parameters);
    }
    return level;
  });
}

/** `[784]` real grey levels: dilation (amount > 0) or erosion under a cross and a square in turn, the last step in part. */
export function thickenReference(image: Uint8Array, amount: number): number[] {
  const best = amount > 0 ? Math.max : Math.min;
  let result = [...image];
  for (let step = 0; step < Math.abs(amount); step++) {
    const share = Math.min(1, Math.abs(amount) - step);
    const before = result;
    result = before.map((level, pixel) => {
      const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
      const around = [level];
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          const inside = x + dx >= 0 && x + dx < SIDE && y + dy >= 0 && y + dy < SIDE;
          const inCross = dx === 0 || dy === 0;
          if (inside && (inCross || step % 2 === 1)) around.push(before[(y + dy) * SIDE + x + dx]!);
        }
      return level + share * (best(...around) - level);
    });
  }
  return result;
}
