/** A dilated convolution is the same convolution with its taps spread among zeros; that one is checked against tfjs. */
import { describe, expect, it } from 'vitest';
import { resolveNetwork } from '../../src/shared/network/resolve.ts';
import {
  engineGradients,
  largestDifference,
  randomBatch,
  randomWeights,
  testConfig,
} from '../support/engine.ts';
import { imageNetwork } from './test-networks.ts';

const RATE = [2, 3] as const;
const TAPS = [2, 2] as const;
const SPREAD = [3, 4] as const;

/** Where each value of a kernel `[2, 2, ...]` lies in the spread one `[3, 4, ...]`. */
function spreadIndices(valuesPerTap: number): number[] {
  return Array.from({ length: TAPS[0] * TAPS[1] * valuesPerTap }, (_, index) => {
    const tap = Math.floor(index / valuesPerTap);
    const [row, column] = [Math.floor(tap / TAPS[1]) * RATE[0], (tap % TAPS[1]) * RATE[1]];
    return (row * SPREAD[1] + column) * valuesPerTap + (index % valuesPerTap);
  });
}

const layers = [
  { type: 'conv2d', filters: 3, weight: 'conv2d/kernel' },
  { type: 'depthwiseConv2d', depthMultiplier: 2, weight: 'depthwiseConv2d/depthwise_kernel' },
  { type: 'separableConv2d', filters: 3, weight: 'separableConv2d/depthwise_kernel' },
];

describe.each(layers)('$type', ({ weight, ...layer }) => {
  it.each(['valid', 'same'])(
    'with dilation and padding %s has the gradients of its spread kernel',
    (padding) => {
      const before = { type: 'conv2d', name: 'before', filters: 2, kernelSize: 3, padding: 'same' };
      const dilated = imageNetwork(before, {
        ...layer,
        padding,
        kernelSize: [...TAPS],
        dilationRate: [...RATE],
      });
      const spread = imageNetwork(before, { ...layer, padding, kernelSize: [...SPREAD] });

      const weights = randomWeights(dilated);
      const spreadWeights = new Float32Array(resolveNetwork(spread).parameters);
      const place = resolveNetwork(dilated).weights.find(({ path }) => path === weight)!;
      const indices = spreadIndices(place.size / (TAPS[0] * TAPS[1]));
      const [end, added] = [place.offset + place.size, spreadWeights.length - weights.length];
      spreadWeights.set(weights.subarray(0, place.offset));
      indices.forEach((index, i) => (spreadWeights[place.offset + index] = weights[place.offset + i]!));
      spreadWeights.set(weights.subarray(end), end + added);

      const batch = randomBatch(dilated);
      const ours = engineGradients({ config: testConfig(dilated), weights, batch });
      const theirs = engineGradients({ config: testConfig(spread), weights: spreadWeights, batch });
      expect(ours.loss).toBeCloseTo(theirs.loss, 6);
      for (const [path, gradient] of ours.gradients) {
        const whole = theirs.gradients.get(path)!;
        const expected = path === weight ? indices.map((index) => whole[index]!) : whole;
        expect(largestDifference(gradient, expected), path).toBeLessThan(1e-5);
      }
      expect(Math.max(...ours.gradients.get(weight)!.map(Math.abs))).toBeGreaterThan(0.001);
    },
  );
});
