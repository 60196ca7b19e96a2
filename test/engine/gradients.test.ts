/** Outputs, losses, gradients and running statistics of every layer, against tfjs: its eager kernels and its autodiff. */
import { describe, expect, it } from 'vitest';
import { InferenceSession } from '../../src/engine/inference-session.ts';
import {
  engineGradients,
  largestDifference,
  randomBatch,
  randomWeights,
  testConfig,
  type TestNetwork,
} from '../support/engine.ts';
import { TfjsModel, tfjsLosses } from '../support/tfjs-model.ts';
import { tf } from '../support/tfjs.ts';
import { dilatedNetworks, trainableNetworks } from './test-networks.ts';

const OUTPUT_TOLERANCE = 1e-5;
const GRADIENT_TOLERANCE = 1e-4;

function predict(network: TestNetwork, weights: Float32Array, images: Uint8Array): Float32Array {
  const session = new InferenceSession(network, weights);
  try {
    return session.predict(images);
  } finally {
    session.dispose();
  }
}

async function expectSameOutputs(network: TestNetwork): Promise<void> {
  const [weights, batch] = [randomWeights(network), randomBatch(network)];
  const model = await TfjsModel.load(network, weights);
  const ours = predict(network, weights, batch.images);
  expect(largestDifference(ours, model.predict(batch))).toBeLessThan(OUTPUT_TOLERANCE);
}

describe.each(Object.entries(trainableNetworks))('%s', (_name, network) => {
  it('gives the outputs that tfjs gives', () => expectSameOutputs(network));

  it('has the loss, the gradients and the statistics that tfjs has', async () => {
    const [weights, batch] = [randomWeights(network), randomBatch(network)];
    const model = await TfjsModel.load(network, weights);
    const targets = model.oneHot(batch.labels);
    const theirs = model.gradients(batch, (output) =>
      tf.mean(tfjsLosses.categoricalCrossentropy(output, targets)),
    );
    const ours = engineGradients({ config: testConfig(network), weights, batch });
    expect(ours.loss).toBeCloseTo(theirs.loss, 5);
    expect([...ours.gradients.keys()].sort()).toEqual([...theirs.gradients.keys()].sort());
    for (const [path, gradient] of ours.gradients)
      expect(largestDifference(gradient, theirs.gradients.get(path)!), path).toBeLessThan(GRADIENT_TOLERANCE);
    for (const [path, value] of model.statistics())
      expect(largestDifference(ours.after.get(path)!, value), path).toBeLessThan(OUTPUT_TOLERANCE);
  });
});

it('the networks have gradients worth comparing', () => {
  for (const [name, network] of Object.entries(trainableNetworks)) {
    const step = {
      config: testConfig(network),
      weights: randomWeights(network),
      batch: randomBatch(network),
    };
    const { gradients } = engineGradients(step);
    expect(Math.max(...[...gradients.values()].flatMap((g) => [...g].map(Math.abs))), name).toBeGreaterThan(
      0.01,
    );
  }
});

describe.each(Object.entries(dilatedNetworks))('%s', (_name, network) => {
  it('gives the outputs that tfjs gives', () => expectSameOutputs(network));
});
