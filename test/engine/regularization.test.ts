/** Penalties on weights, against tfjs's own regularizers, and limits on gradients, against their definitions. */
import { describe, expect, it } from 'vitest';
import { TrainingSession } from '../../src/engine/training-session.ts';
import { resolveNetwork } from '../../src/shared/network/resolve.ts';
import {
  engineGradients,
  largestDifference,
  randomBatch,
  randomWeights,
  testConfig,
} from '../support/engine.ts';
import { TfjsModel, tfjsLosses } from '../support/tfjs-model.ts';
import { tf } from '../support/tfjs.ts';
import { imageNetwork } from './test-networks.ts';

describe.each([
  ['l1', { l1: 0.03 }],
  ['l2', { l2: 0.05 }],
  ['both', { l1: 0.02, l2: 0.04 }],
])('%s', (_name, regularizer) => {
  const network = imageNetwork(
    {
      type: 'conv2d',
      filters: 3,
      kernelSize: 3,
      kernelRegularizer: regularizer,
      biasRegularizer: { l2: 0.5 },
    },
    { type: 'depthwiseConv2d', kernelSize: 2, depthwiseRegularizer: regularizer },
    {
      type: 'separableConv2d',
      filters: 2,
      kernelSize: 2,
      depthwiseRegularizer: regularizer,
      pointwiseRegularizer: regularizer,
    },
    { type: 'flatten' },
    { type: 'dense', units: 4, kernelRegularizer: regularizer },
  );

  it('adds to loss and gradients what tfjs adds', async () => {
    const [weights, batch] = [randomWeights(network), randomBatch(network)];
    const model = await TfjsModel.load(network, weights);
    const targets = model.oneHot(batch.labels);
    const theirs = model.gradients(batch, (output) =>
      tf.add(tf.mean(tfjsLosses.categoricalCrossentropy(output, targets)), model.penalty()),
    );
    const ours = engineGradients({ config: testConfig(network), weights, batch });
    expect(ours.loss).toBeCloseTo(theirs.loss, 5);
    for (const [path, gradient] of ours.gradients)
      expect(largestDifference(gradient, theirs.gradients.get(path)!), path).toBeLessThan(1e-4);
  });

  it('is given apart from the loss when evaluating', () => {
    const [weights, batch] = [randomWeights(network), randomBatch(network)];
    const expected = resolveNetwork(network).weights.reduce((sum, { regularizer: by, offset, size }) => {
      const values = weights.subarray(offset, offset + size);
      return values.reduce((part, w) => part + (by?.l1 ?? 0) * Math.abs(w) + (by?.l2 ?? 0) * w * w, sum);
    }, 0);
    const session = new TrainingSession(testConfig(network));
    session.initialize(1, weights);
    const { penalty, lossSum, correct } = session.evaluate(batch);
    const { loss, accuracy } = session.step(batch, { step: 1, learningRate: 0 });
    session.dispose();
    expect(penalty).toBeCloseTo(expected, 5);
    expect(lossSum / batch.labels.length + penalty).toBeCloseTo(loss, 5);
    expect(correct / batch.labels.length).toBeCloseTo(accuracy, 6);
  });
});

describe('clipping', () => {
  const network = imageNetwork({ type: 'conv2d', filters: 3, kernelSize: 3 });
  const step = { weights: randomWeights(network), batch: randomBatch(network) };
  const clipped = (settings: Record<string, number>) => {
    const { gradients } = engineGradients({ ...step, config: testConfig(network, settings) });
    return [...gradients.values()].flatMap((gradient) => [...gradient]);
  };
  const free = clipped({});
  const norm = (values: number[]) => Math.hypot(...values);

  it('by value limits each element', () => {
    const limit = 0.02;
    expect(Math.max(...free.map(Math.abs))).toBeGreaterThan(limit);
    const expected = free.map((x) => Math.min(limit, Math.max(-limit, x)));
    expect(largestDifference(clipped({ clipValue: limit }), expected)).toBeLessThan(1e-6);
  });

  it('by norm scales all gradients together, as tf.clip_by_global_norm', () => {
    const limit = norm(free) / 3;
    const expected = free.map((x) => x / 3);
    expect(largestDifference(clipped({ clipNorm: limit }), expected)).toBeLessThan(1e-6);
  });

  it('by norm leaves smaller gradients as they are', () => {
    expect(largestDifference(clipped({ clipNorm: 2 * norm(free) }), free)).toBeLessThan(1e-6);
  });

  it('by both clips values first', () => {
    const byValue = free.map((x) => Math.min(0.02, Math.max(-0.02, x)));
    const limit = norm(byValue) / 2;
    const expected = byValue.map((x) => x / 2);
    expect(largestDifference(clipped({ clipValue: 0.02, clipNorm: limit }), expected)).toBeLessThan(1e-6);
  });
});
