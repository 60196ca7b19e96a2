/**
 * Elastic deformation (Simard, Steinkraus & Platt 2003): white noise smoothed by a Gaussian, as a displacement of every pixel.
 * The smoothing is cheap: a cubic B-spline over a coarse grid of random values is very nearly a Gaussian of standard deviation
 * spacing / √3 (Unser, Aldroubi & Eden 1992). Along a row such a field is a handful of cubic pieces, which the sampler
 * walks with three additions a pixel.
 */
import { IMAGE_SIDE } from '../domain/image.ts';
import { createRandom } from '../random/random.ts';

/** Numbers that describe one piece of a row: a value and its first to third forward differences, for x, then for y. */
export const CURVE_LENGTH = 8;

/** The displacement field of one image at a time. All arrays are reused from image to image. */
export interface ElasticField {
  /** Where the pieces of a row begin, 0 first; the last entry is 28, the end. */
  readonly starts: Uint8Array;
  /** `[pieces, 8]`: the displacements of the current row, each piece described at its first pixel. */
  readonly curves: Float64Array;
  /** Draws a new field, each component within -alpha..+alpha. */
  draw(seed: number, alpha: number): void;
  /** Makes `y` the current row. */
  selectRow(y: number): void;
}

/** The field that moves nothing. */
export const stillField: ElasticField = {
  starts: Uint8Array.of(0, IMAGE_SIDE),
  curves: new Float64Array(CURVE_LENGTH),
  draw() {},
  selectRow() {},
};

/** A field smoothed by a Gaussian of `sigma` pixels, 1..14. */
export function createElasticField(sigma: number): ElasticField {
  const spacing = sigma * Math.sqrt(3);
  const pieces = Math.floor((IMAGE_SIDE - 1) / spacing) + 1;
  // A piece is shaped by four knots, so there are three more knots than pieces in a row, and in a column.
  const knots = pieces + 3;
  const starts = Uint8Array.from({ length: pieces + 1 }, (_, piece) =>
    piece === pieces ? IMAGE_SIDE : Math.ceil(piece * spacing),
  );
  const shapes = Array.from({ length: pieces }, (_, piece) =>
    pieceShape(starts[piece]! / spacing - piece, 1 / spacing),
  );
  const rowWeights = Array.from({ length: IMAGE_SIDE }, (_, y) => splineWeights((y / spacing) % 1));
  const knotRow = new Float64Array(2 * knots);
  const curves = new Float64Array(pieces * CURVE_LENGTH);
  // Differences are linear in the knots: taken once for every row of knots, they blend like the knots themselves.
  const knotCurves = new Float64Array(knots * curves.length);

  return {
    starts,
    curves,
    draw(seed, alpha) {
      const random = createRandom(seed);
      for (let row = 0; row < knots; row++) {
        for (let at = 0; at < knotRow.length; at++) knotRow[at] = (2 * random.next() - 1) * alpha;
        shapeRow(shapes, knotRow, knotCurves.subarray(row * curves.length));
      }
    },
    selectRow(y) {
      const first = Math.floor(y / spacing) * curves.length;
      blendRows(knotCurves.subarray(first), rowWeights[y]!, curves);
    },
  };
}

/** `[knots, 2]` values of one row of knots -> `[pieces, 8]` differences. */
function shapeRow(shapes: readonly Float64Array[], knotRow: Float64Array, out: Float64Array): void {
  let at = 0;
  for (let piece = 0; piece < shapes.length; piece++) {
    const shape = shapes[piece]!;
    for (let component = 0; component < 2; component++) {
      const knot = 2 * piece + component;
      const k0 = knotRow[knot]!;
      const k1 = knotRow[knot + 2]!;
      const k2 = knotRow[knot + 4]!;
      const k3 = knotRow[knot + 6]!;
      for (let i = 0; i < 16; i += 4)
        out[at++] = shape[i]! * k0 + shape[i + 1]! * k1 + shape[i + 2]! * k2 + shape[i + 3]! * k3;
    }
  }
}

/** The weighted sum of the first four rows of `rows`, each as long as `out`. */
function blendRows(rows: Float64Array, weights: Float64Array, out: Float64Array): void {
  const length = out.length;
  const w0 = weights[0]!;
  const w1 = weights[1]!;
  const w2 = weights[2]!;
  const w3 = weights[3]!;
  for (let i = 0; i < length; i++)
    out[i] = w0 * rows[i]! + w1 * rows[length + i]! + w2 * rows[2 * length + i]! + w3 * rows[3 * length + i]!;
}

/** Weights of the four knots of a uniform cubic B-spline at `t` knot spacings after the second; 0..1 inside the piece. */
function splineWeights(t: number): Float64Array {
  const w0 = (1 - t) ** 3 / 6;
  const w1 = (3 * t ** 3 - 6 * t ** 2 + 4) / 6;
  const w3 = t ** 3 / 6;
  return Float64Array.of(w0, w1, 1 - w0 - w1 - w3, w3);
}

/** `[4, 4]`: what value and first to third differences take from each of four knots, for steps of `step` from `t` on. */
function pieceShape(t: number, step: number): Float64Array {
  const samples = [0, 1, 2, 3].map((i) => splineWeights(t + i * step));
  const differences: Float64Array[] = [];
  for (let order = 0; order < 4; order++) {
    differences.push(samples[0]!.slice());
    for (let i = 0; i + 1 < samples.length; i++)
      samples[i] = samples[i]!.map((weight, knot) => samples[i + 1]![knot]! - weight);
    samples.pop();
  }
  return Float64Array.from(differences.flatMap((weights) => [...weights]));
}
