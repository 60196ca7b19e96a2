/** What the engine's tests share: small seeded data, and gradients read off a step of plain gradient descent. */
import { trainingConfigSchema, type TrainingConfig } from '../../src/shared/domain/training.ts';
import { sizeOf } from '../../src/shared/network/layer.ts';
import { resolveNetwork } from '../../src/shared/network/resolve.ts';
import { createRandom } from '../../src/shared/random/random.ts';
import { TrainingSession, type Batch } from '../../src/engine/training-session.ts';
import type { TrainingGraphOptions } from '../../src/engine/graph/training-graph.ts';

/** A network as tests write it: layers without their defaults. */
export interface TestNetwork {
  inputShape: number[];
  layers: ({ type: string } & Record<string, unknown>)[];
}

/** Settings for tests: gradient descent with learning rate 1, so that one step subtracts the gradient. */
export function testConfig(network: TestNetwork, changes: Record<string, unknown> = {}): TrainingConfig {
  const defaults = { optimizer: { type: 'sgd' }, learningRate: 1, epochs: 1, batchSize: 8, seed: 1 };
  return trainingConfigSchema.parse({ network, ...defaults, ...changes });
}

/** `count` images of random bytes with random labels, for a network. */
export function randomBatch(network: TestNetwork, { count = 5, seed = 1 } = {}): Batch {
  const { inputShape, outputShape } = resolveNetwork(network);
  const random = createRandom(seed, 1);
  const images = Uint8Array.from({ length: count * sizeOf(inputShape) }, () => random.below(256));
  return { images, labels: Int32Array.from({ length: count }, () => random.below(outputShape[0]!)) };
}

/** Normal weights of standard deviation 0.4; what must be positive (gamma, moving variances) lies in 0.5..1.5. */
export function randomWeights(network: TestNetwork, seed = 1): Float32Array {
  const { weights, parameters } = resolveNetwork(network);
  const random = createRandom(seed, 2);
  const values = new Float32Array(parameters);
  for (const { path, offset, size } of weights) {
    const isPositive = /gamma|variance/.test(path);
    for (let i = offset; i < offset + size; i++)
      values[i] = isPositive ? 0.5 + random.next() : 0.4 * random.normal();
  }
  return values;
}

export interface Step extends TrainingGraphOptions {
  config: TrainingConfig;
  weights: Float32Array;
  batch: Batch;
}

/** One step of `config` from `weights`: its loss, and the weights after it. */
export function oneStep({ config, weights, batch, ...options }: Step) {
  const session = new TrainingSession(config, options);
  try {
    session.initialize(config.seed, weights);
    const { loss, accuracy } = session.step(batch, { step: 1, learningRate: config.learningRate });
    return { loss, accuracy, after: session.weights() };
  } finally {
    session.dispose();
  }
}

/** Loss, gradient of the loss by each trainable weight, and all weights after the step, by path. */
export function engineGradients(step: Step) {
  const descent = { type: 'sgd', momentum: 0, nesterov: false } as const;
  const config = { ...step.config, optimizer: descent, learningRate: 1 };
  const { loss, after } = oneStep({ ...step, config });
  const { weights } = resolveNetwork(step.config.network);
  const gradients = weights
    .filter(({ trainable }) => trainable)
    .map(({ path, offset, size }) => {
      const before = step.weights.subarray(offset, offset + size);
      return [path, before.map((value, i) => value - after[offset + i]!)] as const;
    });
  const named = weights.map(({ path, offset, size }) => [path, after.slice(offset, offset + size)] as const);
  return { loss, gradients: new Map(gradients), after: new Map(named) };
}

/** Float32 values as the bytes of a weights.bin. */
export const toBytes = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Bytes of a weights.bin as float32 values. */
export const toFloats = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer);

/** Largest absolute difference; NaN, if there is one anywhere or the lengths differ. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return NaN;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest)) largest = difference;
    if (Number.isNaN(largest)) return NaN;
  }
  return largest;
}
