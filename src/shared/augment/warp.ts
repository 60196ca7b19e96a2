/** One pass of bilinear resampling through the affine map and the elastic field together. */
import { IMAGE_PIXELS, IMAGE_SIDE } from '../domain/image.ts';
import { inverseAffine } from './affine.ts';
import { OUTSIDE, REACH, tapTable } from './border.ts';
import { createElasticField, CURVE_LENGTH, stillField } from './elastic.ts';
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
  const map = new Float64Array(6);
  const sampler: Sampler = {
    source: new Uint8Array((OUTSIDE + 1) << STRIDE_BITS).fill(Math.round(fillValue)),
    taps: tapTable(fillMode),
    curve: new Float64Array(CURVE_LENGTH),
    result: new Uint8Array(IMAGE_PIXELS),
  };
  return (image, transformation, out) => {
    load(image, sampler.source);
    inverseAffine(transformation, map);
    field.draw(transformation.elasticSeed, elasticAlpha);
    for (let y = 0; y < IMAGE_SIDE; y++) {
      field.selectRow(y);
      for (let piece = 0; piece + 1 < field.starts.length; piece++) {
        const first = y * IMAGE_SIDE + field.starts[piece]!;
        scaleCurve(field.curves, piece * CURVE_LENGTH, sampler.curve);
        addAffine(sampler.curve, map, first);
        walk(sampler, first, y * IMAGE_SIDE + field.starts[piece + 1]!);
      }
    }
    out.set(sampler.result);
  };
}

interface Sampler {
  /** `[29, 32]`: the image, with the fill value in its last row and in the columns from 28 on. */
  readonly source: Uint8Array;
  readonly taps: Uint8Array;
  /** Fixed-point place that the next pixel shows, and its first to third differences: x, then y. */
  readonly curve: Float64Array;
  readonly result: Uint8Array;
}

function load(image: Uint8Array, source: Uint8Array): void {
  let pixel = 0;
  for (let y = 0; y < IMAGE_SIDE; y++) {
    const row = y << STRIDE_BITS;
    for (let x = 0; x < IMAGE_SIDE; x++) source[row + x] = image[pixel++]!;
  }
}

/** Makes fixed-point numbers of one curve of displacements. */
function scaleCurve(curves: Float64Array, first: number, out: Float64Array): void {
  for (let i = 0; i < CURVE_LENGTH; i++) out[i] = curves[first + i]! * ONE;
}

/** Adds where the affine map sends pixel number `pixel`, offset to be positive and to round, and how it moves on from there. */
function addAffine(curve: Float64Array, map: Float64Array, pixel: number): void {
  const y = Math.floor(pixel / IMAGE_SIDE);
  const x = pixel - y * IMAGE_SIDE;
  curve[0]! += (map[0]! * x + map[1]! * y + map[2]! + REACH) * ONE + 0.5;
  curve[1]! += map[0]! * ONE;
  curve[4]! += (map[3]! * x + map[4]! * y + map[5]! + REACH) * ONE + 0.5;
  curve[5]! += map[3]! * ONE;
}

/** Fills the pixels from `first` to before `end`, which lie in one row, along the curve. */
function walk({ source, taps, curve, result }: Sampler, first: number, end: number): void {
  let x = curve[0]!;
  let x1 = curve[1]!;
  let x2 = curve[2]!;
  const x3 = curve[3]!;
  let y = curve[4]!;
  let y1 = curve[5]!;
  let y2 = curve[6]!;
  const y3 = curve[7]!;
  for (let pixel = first; pixel < end; pixel++) {
    const column = x >> FRACTION_BITS;
    const row = y >> FRACTION_BITS;
    const weightX = x & FRACTION;
    const left = taps[column]!;
    const right = taps[column + 1]!;
    const upper = taps[row]! << STRIDE_BITS;
    const lower = taps[row + 1]! << STRIDE_BITS;
    const a = source[upper + left]!;
    const c = source[lower + left]!;
    const top = (a << FRACTION_BITS) + Math.imul(source[upper + right]! - a, weightX);
    const bottom = (c << FRACTION_BITS) + Math.imul(source[lower + right]! - c, weightX);
    const value = (top << FRACTION_BITS) + Math.imul(bottom - top, y & FRACTION);
    result[pixel] = (value + HALF_RESULT) >> (2 * FRACTION_BITS);
    x += x1;
    x1 += x2;
    x2 += x3;
    y += y1;
    y1 += y2;
    y2 += y3;
  }
}
