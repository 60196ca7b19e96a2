/** The slope of the loss along a direction, measured by central differences, is the gradient's share in that direction. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TrainingSession } from '../../src/engine/training-session.ts';
import { layerCatalog } from '../../src/shared/network/layers/index.ts';
import { resolveNetwork } from '../../src/shared/network/resolve.ts';
import { createRandom } from '../../src/shared/random/random.ts';
import { randomBatch, randomWeights, testConfig } from '../support/engine.ts';
import { randomNetwork } from './random-networks.ts';

const RUNS = { seed: 20261123, numRuns: 60 };
/** Long enough to rise above the rounding of a float32 loss; the shorter ones step over fewer kinks of ReLU and max pooling. */
const DISTANCES = [0.02, 0.006, 0.002, 0.0006];

/** The gradient's direction, mixed with a random one so that parts the gradient lacks are walked as well. */
function mixedDirection(gradient: Float32Array, isTrained: boolean[]): Float64Array {
  const random = createRandom(5);
  const noise = Float64Array.from(gradient, (_, i) => (isTrained[i] ? random.normal() : 0));
  const [length, noiseLength] = [Math.hypot(...gradient), Math.hypot(...noise)];
  const mixed = noise.map((value, i) => value / noiseLength + (length > 0 ? gradient[i]! / length : 0));
  const total = Math.hypot(...mixed);
  return mixed.map((value) => value / total);
}

it('holds for random networks of all layers, with dropout and noise as drawn by one seed and step', () => {
  const property = fc.property(randomNetwork, ({ network, loss, labelSmoothing }) => {
    const config = testConfig(network, { loss, labelSmoothing });
    const session = new TrainingSession(config);
    const [weights, batch] = [randomWeights(network), randomBatch(network, { count: 4 })];
    const lossAt = (values: Float32Array, learningRate = 0) => {
      session.initialize(1, values);
      return session.step(batch, { step: 7, learningRate }).loss;
    };
    try {
      lossAt(weights, 1);
      const isTrained = resolveNetwork(network).weights.flatMap(({ size, trainable }) =>
        new Array<boolean>(size).fill(trainable),
      );
      const after = session.weights();
      const gradient = weights.map((value, i) => (isTrained[i] ? value - after[i]! : 0));
      const direction = mixedDirection(gradient, isTrained);
      const expected = gradient.reduce((sum, value, i) => sum + value * direction[i]!, 0);
      const along = (distance: number) => lossAt(weights.map((value, i) => value + distance * direction[i]!));
      const slopes = DISTANCES.map((distance) => (along(distance) - along(-distance)) / (2 * distance));
      const closest = Math.min(...slopes.map((slope) => Math.abs(slope - expected)));
      expect(closest, `slopes ${slopes.join(', ')}; gradient ${expected}`).toBeLessThan(
        0.02 * Math.abs(expected) + 1e-3,
      );
    } finally {
      session.dispose();
    }
  });
  fc.assert(property, RUNS);
});

it('the random networks hold every layer', () => {
  const types = new Set(
    fc.sample(randomNetwork, RUNS).flatMap(({ network }) => network.layers.map(({ type }) => type)),
  );
  expect([...types].sort()).toEqual([...layerCatalog.keys()].sort());
});
