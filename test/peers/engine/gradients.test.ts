/** Outputs, losses, gradients and running statistics of networks that cover all layers, against Keras 3. */
import { beforeAll, describe, expect, it } from 'vitest';
import { InferenceSession } from '../../../src/engine/inference-session.ts';
import { depthwiseDilated, dilatedNetworks, trainableNetworks } from '../../engine/test-networks.ts';
import {
  engineGradients,
  largestDifference,
  randomBatch,
  randomWeights,
  testConfig,
} from '../../support/engine.ts';
import { askKeras, kerasCase, PYTHON_START_MS, type KerasCase } from './keras.ts';

interface Answer {
  outputs: number[];
  loss: number;
  gradients: number[][];
  statistics: number[][];
}

const networks = { ...trainableNetworks, ...dilatedNetworks, ...depthwiseDilated };
const [conv, dense] = [trainableNetworks['conv2d same']!, trainableNetworks.dense!];
const withHead = (activation: string) => ({
  ...dense,
  layers: dense.layers.with(-1, { type: 'dense', units: 3, activation }),
});
const regularized = {
  ...conv,
  layers: conv.layers.map((layer) =>
    layer.type === 'conv2d'
      ? { ...layer, kernelRegularizer: { l1: 0.02, l2: 0.03 }, biasRegularizer: { l2: 0.1 } }
      : layer,
  ),
};
const settings = {
  'label smoothing': testConfig(dense, { labelSmoothing: 0.2 }),
  'mean squared error': testConfig(withHead('linear'), { loss: 'meanSquaredError' }),
  'binary cross-entropy': testConfig(withHead('sigmoid'), { loss: 'binaryCrossentropy' }),
  'binary cross-entropy, smoothed': testConfig(withHead('sigmoid'), {
    loss: 'binaryCrossentropy',
    labelSmoothing: 0.2,
  }),
  'cross-entropy of sigmoids': testConfig(withHead('sigmoid')),
  'L1 and L2': testConfig(regularized),
  'class weights': testConfig(dense, { classWeights: [0.5, 2, 0] }),
};

const cases = Object.entries({
  ...Object.fromEntries(Object.entries(networks).map(([name, network]) => [name, testConfig(network)])),
  ...settings,
}).map(([name, config]): [string, KerasCase] => {
  const network = config.network as never;
  return [name, { config, weights: randomWeights(network), batch: randomBatch(network) }];
});
const withSampleWeights: KerasCase = {
  config: testConfig(dense),
  weights: randomWeights(dense),
  batch: { ...randomBatch(dense), sampleWeights: Float32Array.of(1, 0, 2.5, 0.5, 3) },
};
cases.push(['sample weights', withSampleWeights]);

describe('against Keras', () => {
  let answers: Map<string, Answer>;
  beforeAll(() => {
    const given = askKeras<Answer>(cases.map(([, one]) => kerasCase('gradients', one)));
    answers = new Map(cases.map(([name], i) => [name, given[i]!]));
  }, PYTHON_START_MS);

  it.each(cases)('%s', (name, { config, weights, batch }) => {
    const theirs = answers.get(name)!;
    const session = new InferenceSession(config.network, weights);
    expect(largestDifference(session.predict(batch.images), theirs.outputs)).toBeLessThan(1e-5);
    session.dispose();

    const ours = engineGradients({
      config,
      weights,
      batch,
      sampleWeights: batch.sampleWeights !== undefined,
    });
    expect(ours.loss).toBeCloseTo(theirs.loss, 4);
    const gradients = [...ours.gradients];
    expect(gradients.length).toBe(theirs.gradients.length);
    gradients.forEach(([path, gradient], i) =>
      expect(largestDifference(gradient, theirs.gradients[i]!), path).toBeLessThan(1e-4),
    );
    const statistics = [...ours.after].filter(([path]) => !ours.gradients.has(path));
    statistics.forEach(([path, value], i) =>
      expect(largestDifference(value, theirs.statistics[i]!), path).toBeLessThan(1e-5),
    );
  });
});
