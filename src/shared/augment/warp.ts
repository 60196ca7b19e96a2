/** One pass of bilinear resampling through the affine map and the elastic field together. */
import { IMAGE_PIXELS, IMAGE_SIDE } from '../domain/image.ts';
import { inverseAffine } from './affine.ts';
import { OUTSIDE, REACH, tapTable } from './border.ts';
import { createElasticField, CURVE_LENGTH, stillField, type ElasticField } from './elastic.ts';
import type { Augmentation } from './parameters.ts';
import type { Transformation } from './transformation.ts';

/** Places in the image are fixed-point numbers with 11 fractional bits: two blends of a byte then fill 30 bits. */
const FRACTION_BITS = 11;
const ONE = 1 << FRACTION_BITS;
const FRACTION = ONE - 1;
const HALF_RESULT = 1 << (2 * FRACTION_BITS - 1);
/** Rows of the source lie 32 bytes apart. */
const STRIDE_BITS = 5;

/** Resamples `image` by the geometric part of the transformation into `out`, which may be the same memory. */
export type Warp = (image: Uint8Array, transformation: Transformation, out: Uint8Array) => void;

/** A resampler for one set of parameters, with its own scratch memory. */
export function createWarp(parameters: Augmentation): Warp {
  const { fillMode, fillValue, elasticAlpha, elasticSigma } = parameters;
  const field = elasticAlpha > 0 ? createElasticField(elasticSigma) : stillField;
  const sampler: Sampler = {
    source: new Uint8Array((OUTSIDE + 1) << STRIDE_BITS).fill(Math.round(fillValue)),
    taps: tapTable(fillMode),
    map: new Float64Array(6),
    field,
    result: new Uint8Array(IMAGE_PIXELS),
  };
  return (image, transformation, out) => {
    load(image, sampler.source);
    inverseAffine(transformation, sampler.map);
    toFixedPoint(sampler.map);
    field.draw(transformation.elasticSeed, elasticAlpha * ONE);
    for (let y = 0; y < IMAGE_SIDE; y++) {
      field.selectRow(y);
      for (let piece = 0; piece + 1 < field.starts.length; piece++) walk(sampler, y, piece);
    }
    out.set(sampler.result);
  };
}

interface Sampler {
  /** `[29, 32]`: the image, with the fill value in its last row and in the columns from 28 on. */
  readonly source: Uint8Array;
  readonly taps: Uint8Array;
  /** Affine map and displacements, both in fixed point. */
  readonly map: Float64Array;
  readonly field: ElasticField;
  readonly result: Uint8Array;
}

function load(image: Uint8Array, source: Uint8Array): void {
  let pixel = 0;
  for (let y = 0; y < IMAGE_SIDE; y++) {
    const row = y << STRIDE_BITS;
    for (let x = 0; x < IMAGE_SIDE; x++) source[row + x] = image[pixel++]!;
  }
}

/** Also moves the origin, so that no place is negative, and by a half, so that cutting off rounds. */
function toFixedPoint(map: Float64Array): void {
  for (let i = 0; i < map.length; i++) map[i]! *= ONE;
  map[2]! += REACH * ONE + 0.5;
  map[5]! += REACH * ONE + 0.5;
}

/** Fills the pixels of one piece of row `y`; places move on by their first to third differences. */
function walk({ source, taps, map, field, result }: Sampler, y: number, piece: number): void {
  const { curves, starts } = field;
  const start = starts[piece]!;
  const end = y * IMAGE_SIDE + starts[piece + 1]!;
  const at = piece * CURVE_LENGTH;
  let placeX = curves[at]! + map[0]! * start + map[1]! * y + map[2]!;
  let placeY = curves[at + 4]! + map[3]! * start + map[4]! * y + map[5]!;
  let x1 = curves[at + 1]! + map[0]!;
  let y1 = curves[at + 5]! + map[3]!;
  let x2 = curves[at + 2]!;
  let y2 = curves[at + 6]!;
  const x3 = curves[at + 3]!;
  const y3 = curves[at + 7]!;
  for (let pixel = y * IMAGE_SIDE + start; pixel < end; pixel++) {
    const column = placeX >> FRACTION_BITS;
    const row = placeY >> FRACTION_BITS;
    const weightX = placeX & FRACTION;
    const left = taps[column]!;
    const right = taps[column + 1]!;
    const upper = taps[row]! << STRIDE_BITS;
    const lower = taps[row + 1]! << STRIDE_BITS;
    const a = source[upper + left]!;
    const c = source[lower + left]!;
    const top = (a << FRACTION_BITS) + Math.imul(source[upper + right]! - a, weightX);
    const bottom = (c << FRACTION_BITS) + Math.imul(source[lower + right]! - c, weightX);
    const value = (top << FRACTION_BITS) + Math.imul(bottom - top, placeY & FRACTION);
    result[pixel] = (value + HALF_RESULT) >> (2 * FRACTION_BITS);
    placeX += x1;
    x1 += x2;
    x2 += x3;
    placeY += y1;
    y1 += y2;
    y2 += y3;
  }
}
