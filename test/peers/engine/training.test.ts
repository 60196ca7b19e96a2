/** Ten steps of every optimizer, how weights start, and schedules, against Keras 3. */
import { beforeAll, describe, expect, it } from 'vitest';
import { TrainingSession } from '../../../src/engine/training-session.ts';
import { INITIAL_PLATEAU, scheduledLearningRate, trackPlateau } from '../../../src/shared/domain/schedule.ts';
import { scheduleSchema } from '../../../src/shared/domain/training.ts';
import { INITIALIZER_IDS, initialize } from '../../../src/shared/network/initializers.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { imageNetwork } from '../../engine/test-networks.ts';
import { largestDifference, randomBatch, randomWeights, testConfig } from '../../support/engine.ts';
import { askKeras, kerasCase, PYTHON_START_MS } from './keras.ts';

const STEPS = 10;
const network = imageNetwork(
  { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'tanh' },
  { type: 'batchNormalization', momentum: 0.9 },
  { type: 'averagePooling2d', poolSize: 2 },
);

describe('ten steps', () => {
  const optimizers: [string, Record<string, unknown>][] = [
    ['sgd', { optimizer: { type: 'sgd' }, learningRate: 0.1 }],
    ['momentum', { optimizer: { type: 'sgd', momentum: 0.9 }, learningRate: 0.02 }],
    ['nesterov', { optimizer: { type: 'sgd', momentum: 0.9, nesterov: true }, learningRate: 0.02 }],
    ['rmsprop', { optimizer: { type: 'rmsprop' }, learningRate: 0.005 }],
    [
      'rmsprop with momentum',
      { optimizer: { type: 'rmsprop', momentum: 0.8, rho: 0.8, epsilon: 1e-4 }, learningRate: 0.005 },
    ],
    ['adagrad', { optimizer: { type: 'adagrad' }, learningRate: 0.05 }],
    ['adagrad with a large epsilon', { optimizer: { type: 'adagrad', epsilon: 0.1 }, learningRate: 0.05 }],
    ['adam', { optimizer: { type: 'adam', epsilon: 1e-4 }, learningRate: 0.01 }],
    [
      'amsgrad',
      { optimizer: { type: 'adam', amsgrad: true, epsilon: 1e-4, beta2: 0.5 }, learningRate: 0.01 },
    ],
    ['adamw', { optimizer: { type: 'adamw', weightDecay: 0.1, epsilon: 1e-4 }, learningRate: 0.01 }],
    ['clipping by norm', { optimizer: { type: 'sgd' }, learningRate: 0.5, clipNorm: 0.3 }],
    ['clipping by value', { optimizer: { type: 'sgd' }, learningRate: 0.5, clipValue: 0.02 }],
  ];
  const cases = optimizers.map(([name, settings]) => {
    const config = testConfig(network, settings);
    return { name, config, weights: randomWeights(network), batch: randomBatch(network, { count: 8 }) };
  });
  let answers: { losses: number[]; weights: number[][] }[];
  beforeAll(() => {
    answers = askKeras(
      cases.map((one) => {
        const { optimizer, learningRate, clipNorm, clipValue } = one.config;
        return { ...kerasCase('steps', one), steps: STEPS, optimizer, learningRate, clipNorm, clipValue };
      }),
    );
  }, PYTHON_START_MS);

  it.each(cases.map(({ name }, i) => [name, i] as const))('of %s', (_name, i) => {
    const { config, weights, batch } = cases[i]!;
    const session = new TrainingSession(config);
    session.initialize(1, weights);
    const losses = Array.from(
      { length: STEPS },
      (_, step) => session.step(batch, { step: step + 1, learningRate: config.learningRate }).loss,
    );
    const after = session.weights();
    session.dispose();
    expect(largestDifference(losses, answers[i]!.losses)).toBeLessThan(1e-3);
    expect(largestDifference(after, answers[i]!.weights.flat())).toBeLessThan(1e-3);
    expect(largestDifference(after, weights)).toBeGreaterThan(0.02);
  });
});

describe('how weights start', () => {
  const SHAPE = [3, 3, 60, 120];
  let answers: { mean: number; deviation: number; largest: number; quartile: number }[];
  beforeAll(() => {
    answers = askKeras(INITIALIZER_IDS.map((id) => ({ kind: 'initializer', id, shape: SHAPE })));
  }, PYTHON_START_MS);

  it.each(INITIALIZER_IDS.map((id, i) => [id, i] as const))('%s', (id, i) => {
    const values = Float64Array.from(initialize(id, SHAPE, createRandom(3)));
    const mean = values.reduce((a, b) => a + b) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
    const theirs = answers[i]!;
    // Of 64,800 values the deviation is known to about 0.3 %, a quartile to about 1 % of the deviation.
    const scale = theirs.deviation || 1;
    expect(Math.abs(deviation - theirs.deviation) / scale).toBeLessThan(0.02);
    expect(Math.abs(mean - theirs.mean) / scale).toBeLessThan(0.03);
    expect(Math.abs(values.sort()[values.length / 4]! - theirs.quartile) / scale).toBeLessThan(0.03);
    expect(
      Math.abs(Math.max(...[values[0]!, values.at(-1)!].map(Math.abs)) - theirs.largest) / scale,
    ).toBeLessThan(0.01);
  });
});

describe('schedules', () => {
  const [RATE, PER_EPOCH, EPOCHS] = [0.2, 7, 6];
  const steps = Array.from({ length: PER_EPOCH * EPOCHS }, (_, step) => step);
  const ours = (spec: object) => {
    const context = { learningRate: RATE, stepsPerEpoch: PER_EPOCH, epochs: EPOCHS };
    return steps.map((step) => scheduledLearningRate(scheduleSchema.parse(spec), step, context));
  };
  const WARMUP = 2 * PER_EPOCH;
  const losses = [1, 0.8, 0.85, 0.8, 0.79995, 0.5, 0.6, 0.7, 0.5, 0.49, 0.6, 0.6, 0.6, 0.6];
  const plateau = { factor: 0.3, patience: 2, minDelta: 0.001, minLearningRate: 0.01 };
  let answers: number[][];
  beforeAll(() => {
    const keras = (id: string, settings: object, at = steps) => ({
      kind: 'schedule',
      id,
      settings,
      steps: at,
    });
    const decay = { initial_learning_rate: RATE, decay_steps: PER_EPOCH * EPOCHS };
    answers = askKeras([
      keras('cosine', { ...decay, alpha: 0.1 }),
      keras('exponential', { ...decay, decay_steps: PER_EPOCH, decay_rate: 0.6 }),
      keras('exponential', { ...decay, decay_steps: 2 * PER_EPOCH, decay_rate: 0.5, staircase: true }),
      // Keras's first step has a learning rate of 0, which trains nothing: ours is one step ahead while warming up.
      keras(
        'cosine',
        {
          initial_learning_rate: 0,
          warmup_target: RATE,
          warmup_steps: WARMUP,
          decay_steps: PER_EPOCH * EPOCHS - WARMUP,
        },
        steps.map((step) => (step < WARMUP ? step + 1 : step)),
      ),
      {
        kind: 'plateau',
        learningRate: RATE,
        losses,
        settings: { factor: 0.3, patience: 2, min_delta: 0.001, min_lr: 0.01 },
      },
    ]);
  }, PYTHON_START_MS);

  it.each([
    ['cosine', { type: 'cosine', finalFraction: 0.1 }, 0],
    ['exponential', { type: 'exponential', decayPerEpoch: 0.6 }, 1],
    ['step', { type: 'step', everyEpochs: 2, factor: 0.5 }, 2],
    ['cosine with warm-up', { type: 'cosine', warmupEpochs: 2 }, 3],
  ])('%s', (_name, spec, i) => {
    expect(largestDifference(ours(spec), answers[i]!)).toBeLessThan(1e-6);
  });

  it('reduce on plateau', () => {
    const schedule = scheduleSchema.parse({ type: 'reduceOnPlateau', ...plateau });
    let state = INITIAL_PLATEAU;
    const rates = losses.map((loss) => {
      state = trackPlateau(schedule, state, { loss, learningRate: RATE });
      return RATE * state.scale;
    });
    expect(new Set(rates).size).toBeGreaterThan(2);
    expect(largestDifference(rates, answers[4]!)).toBeLessThan(1e-6);
  });
});
