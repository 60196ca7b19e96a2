import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  INITIAL_PLATEAU,
  scheduledLearningRate,
  trackPlateau,
  type ScheduleContext,
} from '../../../src/shared/domain/schedule.ts';
import { scheduleSchema, type ScheduleSpec } from '../../../src/shared/domain/training.ts';

const RATE = 0.1;

/** [schedule, steps per epoch, epochs, [step, share of the learning rate] ...]: values worked out by hand. */
const values: [string, object, [stepsPerEpoch: number, epochs: number], [step: number, share: number][]][] = [
  [
    'constant',
    { type: 'constant' },
    [10, 5],
    [
      [0, 1],
      [49, 1],
    ],
  ],
  [
    'step',
    { type: 'step', everyEpochs: 2, factor: 0.5 },
    [10, 6],
    [
      [0, 1],
      [19, 1],
      [20, 0.5],
      [39, 0.5],
      [40, 0.25],
    ],
  ],
  [
    'exponential',
    { type: 'exponential', decayPerEpoch: 0.25 },
    [4, 5],
    [
      [0, 1],
      [2, 0.5],
      [4, 0.25],
      [8, 0.0625],
    ],
  ],
  [
    'cosine',
    { type: 'cosine' },
    [10, 10],
    [
      [0, 1],
      [25, 0.8535533905932737],
      [50, 0.5],
      [100, 0],
    ],
  ],
  [
    'cosine to a tenth',
    { type: 'cosine', finalFraction: 0.1 },
    [10, 10],
    [
      [0, 1],
      [50, 0.55],
      [100, 0.1],
    ],
  ],
  [
    'cosine with warm-up',
    { type: 'cosine', warmupEpochs: 1 },
    [4, 5],
    [
      [0, 0.25],
      [1, 0.5],
      [3, 1],
      [4, 1],
      [12, 0.5],
    ],
  ],
  [
    'cosine with half an epoch of warm-up',
    { type: 'cosine', warmupEpochs: 0.5 },
    [3, 5],
    [
      [0, 2 / 3],
      [1, 1],
    ],
  ],
  [
    'oneCycle',
    { type: 'oneCycle', warmupFraction: 0.25, initialDivisor: 10, finalDivisor: 100 },
    [10, 4],
    [
      [0, 0.1],
      [5, 0.55],
      [10, 1],
      [25, 0.5005],
      [40, 0.001],
    ],
  ],
  [
    'reduceOnPlateau',
    { type: 'reduceOnPlateau' },
    [10, 5],
    [
      [0, 1],
      [49, 1],
    ],
  ],
];

describe.each(values)('%s', (_name, spec, [stepsPerEpoch, epochs], expected) => {
  it.each(expected)('at step %i is %d of the learning rate', (step, share) => {
    const schedule = scheduleSchema.parse(spec);
    const rate = scheduledLearningRate(schedule, step, { learningRate: RATE, stepsPerEpoch, epochs });
    expect(rate).toBeCloseTo(RATE * share, 12);
  });
});

const anySchedule: fc.Arbitrary<ScheduleSpec> = fc
  .oneof(
    fc.record({
      type: fc.constant('step'),
      everyEpochs: fc.integer({ min: 1, max: 9 }),
      factor: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    fc.record({
      type: fc.constant('exponential'),
      decayPerEpoch: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    fc.record({
      type: fc.constant('cosine'),
      warmupEpochs: fc.double({ min: 0, max: 20, noNaN: true }),
      finalFraction: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    fc.record({ type: fc.constant('oneCycle'), warmupFraction: fc.double({ min: 0, max: 1, noNaN: true }) }),
  )
  .map((spec) => scheduleSchema.parse(spec));

it('every schedule stays between 0 and the learning rate', () => {
  const context = fc.record({
    stepsPerEpoch: fc.integer({ min: 1, max: 50 }),
    epochs: fc.integer({ min: 1, max: 20 }),
  });
  const property = fc.property(
    anySchedule,
    context,
    fc.nat(1000),
    (schedule, { stepsPerEpoch, epochs }, place) => {
      const options: ScheduleContext = { learningRate: RATE, stepsPerEpoch, epochs };
      const rate = scheduledLearningRate(schedule, place % (stepsPerEpoch * epochs), options);
      expect(rate).toBeGreaterThanOrEqual(0);
      expect(rate).toBeLessThanOrEqual(RATE * (1 + 1e-12));
    },
  );
  fc.assert(property, { seed: 1, numRuns: 300 });
});

describe('reduce on plateau', () => {
  const run = (settings: object, losses: number[]) => {
    const schedule = scheduleSchema.parse({ type: 'reduceOnPlateau', ...settings });
    let state = INITIAL_PLATEAU;
    return losses.map((loss) => (state = trackPlateau(schedule, state, { loss, learningRate: RATE })).scale);
  };

  it('multiplies by the factor after so many epochs without a better loss, and waits again', () => {
    const scales = run({ factor: 0.5, patience: 2 }, [1, 0.9, 0.9, 0.95, 0.8, 0.8, 0.8, 0.8, 0.8]);
    expect(scales).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.125]);
  });

  it('does not take a loss for better that is lower by less than minDelta', () => {
    expect(run({ factor: 0.1, patience: 1, minDelta: 0.1 }, [1, 0.95, 0.85])).toEqual([1, 0.1, 0.1]);
  });

  it('never goes below the lowest rate, and never raises the rate to reach it', () => {
    expect(run({ factor: 0.1, patience: 1, minLearningRate: 0.025 }, [1, 1, 1])).toEqual([1, 0.25, 0.25]);
    expect(run({ factor: 0.1, patience: 1, minLearningRate: 5 }, [1, 1, 1])).toEqual([1, 1, 1]);
  });

  it('leaves other schedules alone', () => {
    const state = trackPlateau({ type: 'constant' }, INITIAL_PLATEAU, { loss: 1, learningRate: RATE });
    expect(state).toBe(INITIAL_PLATEAU);
  });
});
