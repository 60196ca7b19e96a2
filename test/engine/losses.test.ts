/** Losses with everything that changes them, against tfjs's autodiff of their definitions. */
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-node';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/shared/random/random.ts';
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

type LossId = keyof typeof tfjsLosses;

const CLASSES = 4;
const COUNT = 6;
const SMOOTHING = 0.2;
const CLASS_WEIGHTS = [0.5, 2, 0, 1.5];
const SAMPLE_WEIGHTS = Float32Array.of(1, 0, 2.5, 0.1, 1, 3);

const network = (activation: string): TestNetwork => ({
  inputShape: [5],
  layers: [
    { type: 'rescaling', scale: 1 / 255 },
    { type: 'dense', units: 6, activation: 'tanh' },
    { type: 'dense', units: CLASSES, activation },
  ],
});

/** Probabilities over the classes, for each sample. */
const softTargets = (() => {
  const random = createRandom(3);
  const rows = Array.from({ length: COUNT }, () => Array.from({ length: CLASSES }, () => random.next()));
  return Float32Array.from(rows.flatMap((row) => row.map((x) => x / row.reduce((a, b) => a + b))));
})();

interface Variant {
  labelSmoothing?: number;
  classWeights?: number[];
  sampleWeights?: boolean;
  softTargets?: boolean;
}
const variants: [string, Variant][] = [
  ['labels', {}],
  ['label smoothing', { labelSmoothing: SMOOTHING }],
  ['soft targets', { softTargets: true }],
  ['smoothed soft targets', { softTargets: true, labelSmoothing: SMOOTHING }],
  ['class weights', { classWeights: CLASS_WEIGHTS }],
  ['sample weights', { sampleWeights: true }],
  [
    'class and sample weights, smoothed',
    { classWeights: CLASS_WEIGHTS, sampleWeights: true, labelSmoothing: SMOOTHING },
  ],
  ['class weights with soft targets', { classWeights: CLASS_WEIGHTS, softTargets: true }],
];
const heads: [LossId, string][] = [
  ['categoricalCrossentropy', 'softmax'],
  ['categoricalCrossentropy', 'sigmoid'],
  ['meanSquaredError', 'linear'],
  ['meanSquaredError', 'softmax'],
  ['binaryCrossentropy', 'sigmoid'],
  ['binaryCrossentropy', 'softmax'],
];

/** Keras spreads categorical smoothing over all classes, and binary smoothing over the two answers. */
function smooth(targets: Tensor2D, loss: LossId, amount: number): Tensor2D {
  const parts = loss === 'binaryCrossentropy' ? 2 : CLASSES;
  return tf.add(tf.mul(targets, 1 - amount), amount / parts);
}

/** What the losses of the samples are multiplied with. */
function factors(labels: readonly number[], { classWeights, sampleWeights }: Variant): Tensor1D {
  return tf.tensor1d(
    labels.map((label, i) => (classWeights?.[label] ?? 1) * (sampleWeights ? SAMPLE_WEIGHTS[i]! : 1)),
  );
}

const largestClass = (row: number): number => {
  const part = [...softTargets.subarray(row * CLASSES, (row + 1) * CLASSES)];
  return part.indexOf(Math.max(...part));
};

describe.each(heads)('%s of a %s output', (loss, activation) => {
  it.each(variants)('with %s', async (_name, variant) => {
    const spec = network(activation);
    const weights = randomWeights(spec);
    const random = randomBatch(spec, { count: COUNT });
    const batch = { ...random, sampleWeights: SAMPLE_WEIGHTS, targets: softTargets };
    const model = await TfjsModel.load(spec, weights);
    const hard = variant.softTargets
      ? Array.from({ length: COUNT }, (_, i) => largestClass(i))
      : [...batch.labels];
    const given = variant.softTargets
      ? tf.tensor2d(softTargets, [COUNT, CLASSES])
      : model.oneHot(batch.labels);
    const targets = smooth(given, loss, variant.labelSmoothing ?? 0);
    const theirs = model.gradients(batch, (output) =>
      tf.mean(tf.mul(tfjsLosses[loss](output, targets), factors(hard, variant))),
    );

    const { labelSmoothing, classWeights, ...options } = variant;
    const config = testConfig(spec, { loss, labelSmoothing, classWeights });
    const ours = engineGradients({ config, weights, batch, ...options });
    expect(ours.loss).toBeCloseTo(theirs.loss, 5);
    for (const [path, gradient] of ours.gradients)
      expect(largestDifference(gradient, theirs.gradients.get(path)!), path).toBeLessThan(1e-5);
  });
});

it('a saturated softmax still has an exact loss and gradient', () => {
  const spec: TestNetwork = { inputShape: [1], layers: [{ type: 'dense', units: 2, activation: 'softmax' }] };
  const batch = { images: Uint8Array.of(1), labels: Int32Array.of(1) };
  const weights = Float32Array.of(200, 0, 0, 0);
  const { loss, gradients } = engineGradients({ config: testConfig(spec), weights, batch });
  expect(loss).toBe(200);
  expect([...gradients.get('dense/bias')!]).toEqual([1, -1]);
});
