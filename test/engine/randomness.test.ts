/** Dropout and noise, seen through the gradient of a linear layer: by its kernel it is input times gradient by its bias. */
import { describe, expect, it } from 'vitest';
import { InferenceSession } from '../../src/engine/inference-session.ts';
import { TrainingSession } from '../../src/engine/training-session.ts';
import { resolveNetwork } from '../../src/shared/network/resolve.ts';
import { largestDifference, randomWeights, testConfig, type TestNetwork } from '../support/engine.ts';

const [SIDE, CHANNELS] = [8, 200];
const COUNT = SIDE * SIDE * CHANNELS;
const FULL = 255;

const network = (...layers: TestNetwork['layers']): TestNetwork => ({
  inputShape: [SIDE, SIDE, CHANNELS],
  layers: [
    { type: 'rescaling', scale: 1 / FULL },
    ...layers,
    { type: 'flatten' },
    { type: 'dense', units: 1 },
  ],
});
const onesImage = { images: new Uint8Array(COUNT).fill(FULL), labels: Int32Array.of(0) };

/** What the layers make of an image of ones while training. */
function drawn(layers: TestNetwork['layers'], { seed = 1, step = 1 } = {}): Float32Array {
  const config = testConfig(network(...layers), { loss: 'meanSquaredError', seed });
  const session = new TrainingSession(config);
  session.initialize(1, new Float32Array(COUNT + 1));
  session.step(onesImage, { step, learningRate: 1 });
  const weights = session.weights();
  session.dispose();
  return weights.subarray(0, COUNT).map((value) => value / weights[COUNT]!);
}

const mean = (values: Float32Array, of = (x: number) => x) =>
  values.reduce((sum, x) => sum + of(x), 0) / values.length;
const share = (values: Float32Array, wanted: number) =>
  mean(values, (x) => (Math.abs(x - wanted) < 1e-5 ? 1 : 0));
/** Five standard errors of a share `p` of `count`. */
const margin = (p: number, count: number) => 5 * Math.sqrt((p * (1 - p)) / count);

describe('dropout', () => {
  const dropout = [{ type: 'dropout', rate: 0.3 }];

  it('zeroes its rate of the values and scales the others up', () => {
    const values = drawn(dropout);
    expect(share(values, 0) + share(values, 1 / 0.7)).toBeCloseTo(1, 10);
    expect(Math.abs(share(values, 0) - 0.3)).toBeLessThan(margin(0.3, COUNT));
  });

  it('is drawn anew for each layer', () => {
    const values = drawn([
      { type: 'dropout', rate: 0.5 },
      { type: 'dropout', rate: 0.5 },
    ]);
    expect(Math.abs(share(values, 4) - 0.25)).toBeLessThan(margin(0.25, COUNT));
  });

  it('depends on seed and step, and on nothing else', () => {
    expect(drawn(dropout, { seed: 5, step: 9 })).toEqual(drawn(dropout, { seed: 5, step: 9 }));
    expect(drawn(dropout, { seed: 5, step: 9 })).not.toEqual(drawn(dropout, { seed: 5, step: 10 }));
    expect(drawn(dropout, { seed: 5, step: 9 })).not.toEqual(drawn(dropout, { seed: 6, step: 9 }));
  });

  it('takes seeds up to the largest', () => {
    const values = drawn(dropout, { seed: 0xffffffff });
    expect(Math.abs(share(values, 0) - 0.3)).toBeLessThan(margin(0.3, COUNT));
  });
});

describe('spatial dropout', () => {
  it('zeroes whole channels', () => {
    const values = drawn([{ type: 'spatialDropout2d', rate: 0.4 }]);
    const channels = values.subarray(0, CHANNELS);
    for (let pixel = 1; pixel < SIDE * SIDE; pixel++)
      expect(values.subarray(pixel * CHANNELS, (pixel + 1) * CHANNELS)).toEqual(channels);
    expect(share(channels, 0) + share(channels, 1 / 0.6)).toBeCloseTo(1, 10);
    expect(Math.abs(share(channels, 0) - 0.4)).toBeLessThan(margin(0.4, CHANNELS));
  });
});

describe('gaussian noise', () => {
  it('is normal, with its standard deviation', () => {
    const noise = drawn([{ type: 'gaussianNoise', stddev: 0.2 }]).map((x) => x - 1);
    const variance = mean(noise, (x) => x * x);
    expect(Math.abs(mean(noise))).toBeLessThan((5 * 0.2) / Math.sqrt(COUNT));
    expect(Math.abs(Math.sqrt(variance) / 0.2 - 1)).toBeLessThan(5 / Math.sqrt(2 * COUNT));
    // Of a normal distribution: kurtosis 3, with a standard error of sqrt(24 / n).
    expect(Math.abs(mean(noise, (x) => x ** 4) / variance ** 2 - 3)).toBeLessThan(5 * Math.sqrt(24 / COUNT));
  });

  it('depends on the step', () => {
    const noise = [{ type: 'gaussianNoise', stddev: 0.2 }];
    expect(drawn(noise, { step: 1 })).not.toEqual(drawn(noise, { step: 2 }));
  });
});

describe('at inference', () => {
  const random = [
    { type: 'gaussianNoise', stddev: 3 },
    { type: 'spatialDropout2d', rate: 0.9 },
    { type: 'dropout', rate: 0.9 },
  ];

  it('nothing is drawn', () => {
    const weights = randomWeights(network());
    const outputs = [network(), network(...random)].map((spec) => {
      const session = new InferenceSession(spec, weights);
      const output = session.predict(onesImage.images);
      session.dispose();
      return output;
    });
    expect(outputs[1]).toEqual(outputs[0]);
  });

  it('nor while validating', () => {
    const losses = [network(), network(...random)].map((spec) => {
      const session = new TrainingSession(testConfig(spec, { loss: 'meanSquaredError' }));
      session.initialize(1, randomWeights(spec));
      const { lossSum } = session.evaluate(onesImage);
      session.dispose();
      return lossSum;
    });
    expect(largestDifference([losses[1]!], [losses[0]!])).toBeLessThan(1e-6);
    expect(resolveNetwork(network(...random)).parameters).toBe(COUNT + 1);
  });
});
