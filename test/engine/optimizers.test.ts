/** Ten steps of every optimizer against Keras's formulas, with gradients worked out by hand for a linear layer. */
import { describe, expect, it } from 'vitest';
import { TrainingSession } from '../../src/engine/training-session.ts';
import { randomBatch, randomWeights, testConfig, type TestNetwork } from '../support/engine.ts';
import { referenceOptimizers, type Update } from '../support/reference-optimizers.ts';

const [INPUTS, CLASSES, COUNT, STEPS] = [3, 2, 4, 10];
const linear: TestNetwork = {
  inputShape: [INPUTS],
  layers: [
    { type: 'rescaling', scale: 1 / 255 },
    { type: 'dense', units: CLASSES },
  ],
};
const batch = randomBatch(linear, { count: COUNT });
const start = randomWeights(linear);

/** Gradient of mean((x W + b - t)^2), kernel row by row and then bias. */
function gradient(weights: readonly number[]): number[] {
  const result = new Array<number>(weights.length).fill(0);
  for (let sample = 0; sample < COUNT; sample++) {
    const x = [...batch.images.subarray(sample * INPUTS, (sample + 1) * INPUTS)].map((byte) => byte / 255);
    for (let c = 0; c < CLASSES; c++) {
      const bias = INPUTS * CLASSES + c;
      const output = x.reduce((sum, value, i) => sum + value * weights[i * CLASSES + c]!, weights[bias]!);
      const slope = (2 * (output - (batch.labels[sample] === c ? 1 : 0))) / (COUNT * CLASSES);
      x.forEach((value, i) => (result[i * CLASSES + c]! += slope * value));
      result[bias]! += slope;
    }
  }
  return result;
}

/** Weights after each of the steps. */
function reference(make: () => Update): number[][] {
  const updates = [...start].map(make);
  const history: number[][] = [];
  let weights = [...start];
  for (let step = 1; step <= STEPS; step++) {
    const slopes = gradient(weights);
    weights = weights.map((weight, i) => updates[i]!(weight, slopes[i]!, step));
    history.push(weights);
  }
  return history;
}

/** What `weights()` and the head of `state()` are after ten steps. */
function tenSteps(
  optimizer: object,
  { learningRate, ...changes }: { learningRate: number } & Record<string, unknown>,
) {
  const session = new TrainingSession(
    testConfig(linear, { optimizer, loss: 'meanSquaredError', ...changes }),
  );
  session.initialize(1, start);
  for (let step = 1; step <= STEPS; step++) session.step(batch, { step, learningRate });
  const [kept, raw] = [session.weights(), session.state().slice(0, start.length)];
  session.dispose();
  return { kept, raw };
}

/** Largest difference, relative to the largest weight. */
function relativeDifference(actual: Float32Array, expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value))) / scale;
}

const cases: [string, { type: string } & Record<string, unknown>, number][] = [
  ['sgd', { type: 'sgd' }, 0.5],
  ['momentum', { type: 'sgd', momentum: 0.9 }, 0.1],
  ['nesterov', { type: 'sgd', momentum: 0.9, nesterov: true }, 0.1],
  ['rmsprop', { type: 'rmsprop' }, 0.02],
  ['rmsprop with momentum', { type: 'rmsprop', rho: 0.8, momentum: 0.7, epsilon: 1e-3 }, 0.02],
  ['adagrad', { type: 'adagrad' }, 0.3],
  ['adagrad with its settings', { type: 'adagrad', initialAccumulatorValue: 0.5, epsilon: 1e-6 }, 0.3],
  ['adagrad from zero', { type: 'adagrad', initialAccumulatorValue: 0, epsilon: 1e-3 }, 0.1],
  ['adam', { type: 'adam' }, 0.02],
  ['adam with its settings', { type: 'adam', beta1: 0.8, beta2: 0.9, epsilon: 1e-3 }, 0.05],
  // The second moment must also fall for AMSGrad to differ: a short memory and large steps.
  ['amsgrad', { type: 'adam', amsgrad: true, beta2: 0.5 }, 0.1],
  ['adamw', { type: 'adamw' }, 0.02],
  ['adamw with its settings', { type: 'adamw', weightDecay: 0.3, beta1: 0.7 }, 0.05],
];

describe.each(cases)('%s', (_name, optimizer, rate) => {
  it('takes the ten steps that its formula takes', () => {
    const expected = reference(() => referenceOptimizers[optimizer.type]!({ ...optimizer, rate })).at(-1)!;
    expect(relativeDifference(start, expected)).toBeGreaterThan(0.05);
    expect(relativeDifference(tenSteps(optimizer, { learningRate: rate }).raw, expected)).toBeLessThan(1e-5);
  });
});

it('amsgrad takes other steps than adam here', () => {
  const settings = { rate: 0.1, beta2: 0.5 };
  const amsgrad = reference(() => referenceOptimizers.adam!({ ...settings, amsgrad: true })).at(-1)!;
  const adam = reference(() => referenceOptimizers.adam!(settings)).at(-1)!;
  expect(relativeDifference(Float32Array.from(adam), amsgrad)).toBeGreaterThan(1e-3);
});

describe('the exponential moving average of the weights', () => {
  const sgd = { type: 'sgd' };
  const history = reference(() => referenceOptimizers.sgd!({ rate: 0.5 }));

  it.each([
    ['warms up with the steps', 0.999, (step: number) => (1 + step) / (10 + step)],
    ['does not exceed its decay', 0.3, (step: number) => Math.min(0.3, (1 + step) / (10 + step))],
  ])('%s', (_name, emaDecay, decayOf) => {
    let average: number[] = [...start];
    history.forEach((weights, i) => {
      const decay = decayOf(i + 1);
      average = average.map((value, j) => decay * value + (1 - decay) * weights[j]!);
    });
    const { kept, raw } = tenSteps(sgd, { learningRate: 0.5, emaDecay });
    expect(relativeDifference(kept, average)).toBeLessThan(1e-5);
    expect(relativeDifference(raw, history.at(-1)!)).toBeLessThan(1e-5);
    expect(relativeDifference(kept, [...raw])).toBeGreaterThan(0.01);
  });
});
