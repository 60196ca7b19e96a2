/** How weights start: the catalog of initialisers, with Keras's names, scales and fan rules. */
import { z } from 'zod';
import { createRandom, type Random } from '../random/random.ts';
import type { Shape } from './ops.ts';

export const INITIALIZER_IDS = [
  'zeros',
  'ones',
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'lecunUniform',
  'lecunNormal',
] as const;
export const initializerSchema = z.enum(INITIALIZER_IDS);
export type InitializerId = z.infer<typeof initializerSchema>;

type Fan = 'fanIn' | 'fanAverage';

/** Variance scaling (Glorot & Bengio 2010; He et al. 2015; LeCun et al. 1998): variance = scale / fan. */
const VARIANCE_SCALING: Partial<Record<InitializerId, { scale: number; fan: Fan; normal: boolean }>> = {
  glorotUniform: { scale: 1, fan: 'fanAverage', normal: false },
  glorotNormal: { scale: 1, fan: 'fanAverage', normal: true },
  heUniform: { scale: 2, fan: 'fanIn', normal: false },
  heNormal: { scale: 2, fan: 'fanIn', normal: true },
  lecunUniform: { scale: 1, fan: 'fanIn', normal: false },
  lecunNormal: { scale: 1, fan: 'fanIn', normal: true },
};

/** Standard deviation of a unit normal truncated to two deviations; Keras divides by it to keep the variance. */
const TRUNCATED_NORMAL_STDDEV = 0.87962566103423978;

/** Incoming and outgoing connections of a kernel `[..., in, out]`, as Keras's `compute_fans`. */
export function computeFans(shape: Shape): { fanIn: number; fanOut: number } {
  if (shape.length === 0) return { fanIn: 1, fanOut: 1 };
  if (shape.length === 1) return { fanIn: shape[0]!, fanOut: shape[0]! };
  const receptiveField = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { fanIn: receptiveField * shape.at(-2)!, fanOut: receptiveField * shape.at(-1)! };
}

/** A fresh weight of `shape`. The same initialiser, shape and seed stream give the same values. */
export function initialize(id: InitializerId, shape: Shape, random: Random): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const scaling = VARIANCE_SCALING[id];
  if (!scaling) return values.fill(id === 'ones' ? 1 : 0);
  const { fanIn, fanOut } = computeFans(shape);
  const variance = scaling.scale / Math.max(1, scaling.fan === 'fanIn' ? fanIn : (fanIn + fanOut) / 2);
  const draw = scaling.normal ? truncatedNormal(variance, random) : uniform(variance, random);
  for (let i = 0; i < values.length; i++) values[i] = draw();
  return values;
}

/** Independent stream for the weight at `index` of the network's weight order. */
export function weightRandom(seed: number, index: number): Random {
  return createRandom(seed, WEIGHT_STREAM, index);
}

/** Keeps the weights' random numbers apart from those for shuffling and augmentation. */
const WEIGHT_STREAM = 0x77;

function uniform(variance: number, random: Random): () => number {
  const limit = Math.sqrt(3 * variance);
  return () => (2 * random.next() - 1) * limit;
}

function truncatedNormal(variance: number, random: Random): () => number {
  const stddev = Math.sqrt(variance) / TRUNCATED_NORMAL_STDDEV;
  return () => {
    let value = random.normal();
    while (Math.abs(value) > 2) value = random.normal();
    return value * stddev;
  };
}
