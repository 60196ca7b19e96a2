/** The slope of the loss along a direction, measured by central differences, is the gradient's share in that direction. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TrainingSession } from '../../src/engine/training-session.ts';
import { layerCatalog } from '../../src/shared/network/layers/index.ts';
import { createRandom } from '../../src/shared/random/random.ts';
import { randomBatch, randomWeights, testConfig } from '../support/engine.ts';
import { randomNetwork } from './random-networks.ts';

const RUNS = { seed: 20261123, numRuns: 40 };
/** Some thousand steps; a busy machine takes a while. */
const TIMEOUT_MS = 120_000;
/** Long enough to rise above the rounding of a float32 loss; the shorter ones step over fewer kinks of ReLU and max pooling. */
const DISTANCES = [0.03, 0.01, 0.003, 0.001];
const RELATIVE_TOLERANCE = 0.01;
const ABSOLUTE_TOLERANCE = 5e-4;

/** The gradient's direction, mixed with half as much of a random one so that parts the gradient lacks are walked as well. */
function mixedDirection(gradient: Float32Array): Float64Array {
  const random = createRandom(5);
  const noise = Float64Array.from(gradient, () => random.normal());
  const [length, noiseLength] = [Math.hypot(...gradient), Math.hypot(...noise)];
  const mixed = noise.map((value, i) => value / (2 * noiseLength) + (length > 0 ? gradient[i]! / length : 0));
  const total = Math.hypot(...mixed);
  return mixed.map((value) => value / total);
}

interface Walk {
  /** Loss with these weights. */
  loss(weights: Float32Array): number;
  weights: Float32Array;
  /** Gradient by one weight of the network, whose values begin at `offset`. */
  gradient: Float32Array;
  offset: number;
}

/** The gradient's share in a direction, and the measured slopes. */
function measure({ loss, weights, gradient, offset }: Walk): { expected: number; slopes: number[] } {
  const direction = mixedDirection(gradient);
  const along = (distance: number): number => {
    const moved = weights.slice();
    direction.forEach((value, i) => (moved[offset + i]! += distance * value));
    return loss(moved);
  };
  return {
    expected: gradient.reduce((sum, value, i) => sum + value * direction[i]!, 0),
    slopes: DISTANCES.map((distance) => (along(distance) - along(-distance)) / (2 * distance)),
  };
}

it(
  'holds for each weight of random networks of all layers, with dropout and noise as drawn by one seed and step',
  { timeout: TIMEOUT_MS },
  () => {
    const property = fc.property(randomNetwork, ({ network, loss, labelSmoothing }) => {
      const session = new TrainingSession(testConfig(network, { loss, labelSmoothing }));
      const [weights, batch] = [randomWeights(network), randomBatch(network, { count: 4 })];
      const lossAt = (values: Float32Array, learningRate = 0): number => {
        session.initialize(1, values);
        return session.step(batch, { step: 7, learningRate }).loss;
      };
      try {
        lossAt(weights, 1);
        const after = session.weights();
        for (const { path, offset, size } of session.network.weights.filter(({ trainable }) => trainable)) {
          const gradient = weights.slice(offset, offset + size).map((value, i) => value - after[offset + i]!);
          const { expected, slopes } = measure({ loss: lossAt, weights, gradient, offset });
          const closest = Math.min(...slopes.map((slope) => Math.abs(slope - expected)));
          const tolerance = RELATIVE_TOLERANCE * Math.abs(expected) + ABSOLUTE_TOLERANCE;
          expect(closest, `${path}: slopes ${slopes.join(', ')}; gradient ${expected}`).toBeLessThan(
            tolerance,
          );
        }
      } finally {
        session.dispose();
      }
    });
    fc.assert(property, RUNS);
  },
);

it('the random networks hold every layer', () => {
  const networks = fc.sample(randomNetwork, RUNS);
  const types = new Set(networks.flatMap(({ network }) => network.layers.map(({ type }) => type)));
  expect([...types].sort()).toEqual([...layerCatalog.keys()].sort());
});
