/** Flips, zoom, shear, rotation and shift as one linear map. */
import { IMAGE_SIDE } from '../domain/image.ts';
import type { Transformation } from './transformation.ts';

const CENTRE = (IMAGE_SIDE - 1) / 2;
const RADIANS = Math.PI / 180;

/**
 * Writes the map from a pixel of the result to the place in the image that it shows, `[a, b, c, d, e, f]`:
 * x' = a x + b y + c, y' = d x + e y + f. It is the inverse of: flip, zoom, shear by x, shear by y, rotate about the
 * centre (13.5, 13.5), shift. Two shears in turn, unlike one matrix with both, can always be undone.
 */
export function inverseAffine(transformation: Transformation, map: Float64Array): void {
  const { zoomX, zoomY, shiftX, shiftY } = transformation;
  const cos = Math.cos(transformation.rotation * RADIANS);
  const sin = Math.sin(transformation.rotation * RADIANS);
  const tanX = Math.tan(transformation.shearX * RADIANS);
  const tanY = Math.tan(transformation.shearY * RADIANS);
  const scaleX = (transformation.flipHorizontal ? -1 : 1) / zoomX;
  const scaleY = (transformation.flipVertical ? -1 : 1) / zoomY;
  // Rotation undone: (cos, sin; -sin, cos). Shear by y undone: the second row loses tanY times the first; then by x.
  const lowerX = -sin - tanY * cos;
  const lowerY = cos - tanY * sin;
  map[0] = scaleX * (cos - tanX * lowerX);
  map[1] = scaleX * (sin - tanX * lowerY);
  map[3] = scaleY * lowerX;
  map[4] = scaleY * lowerY;
  const fromX = CENTRE + shiftX;
  const fromY = CENTRE + shiftY;
  map[2] = CENTRE - map[0] * fromX - map[1] * fromY;
  map[5] = CENTRE - map[3] * fromX - map[4] * fromY;
}

/** Whether `inverseAffine` of it maps every pixel to itself. */
export function isAffineIdentity(t: Transformation): boolean {
  return (
    !(t.flipHorizontal || t.flipVertical) &&
    t.zoomX === 1 &&
    t.zoomY === 1 &&
    t.shearX === 0 &&
    t.shearY === 0 &&
    t.rotation === 0 &&
    t.shiftX === 0 &&
    t.shiftY === 0
  );
}
