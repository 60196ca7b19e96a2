import { describe, expect, it } from 'vitest';
import { chooseMonitor, NO_BEST, trackBest } from '../../../src/engine/training/best.ts';
import type { EpochMetrics } from '../../../src/shared/domain/training.ts';

const metrics = (epoch: number, changes: Partial<EpochMetrics>): EpochMetrics => ({
  ...{ epoch, loss: 1, accuracy: 0, valLoss: null, valAccuracy: null },
  ...{ learningRate: 1, seconds: 1, imagesPerSecond: 1, ...changes },
});

describe('the best epoch', () => {
  const follow = (monitor: 'valLoss' | 'valAccuracy', values: (number | null)[], minDelta = 0) => {
    let state = NO_BEST;
    return values.map((value, i) => {
      state = trackBest(state, metrics(i + 1, { [monitor]: value }), { monitor, minDelta });
      return [state.epoch, state.wait];
    });
  };

  it('has the lowest loss; an equal one later is no better', () => {
    expect(follow('valLoss', [3, 2, 2, 2.5, 1])).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
      [2, 2],
      [5, 0],
    ]);
  });

  it('has the highest accuracy', () => {
    expect(follow('valAccuracy', [0.1, 0.5, 0.4, 0.6])).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
      [4, 0],
    ]);
  });

  it('is better by more than minDelta', () => {
    expect(follow('valLoss', [3, 2.75, 2.5, 2.25], 0.5)).toEqual([
      [1, 0],
      [1, 1],
      [1, 2],
      [4, 0],
    ]);
  });
});

describe('what decides it', () => {
  it.each([
    [undefined, true, 'valLoss'],
    [undefined, false, 'loss'],
    ['valAccuracy', true, 'valAccuracy'],
    ['valAccuracy', false, 'accuracy'],
    ['loss', true, 'loss'],
    ['accuracy', false, 'accuracy'],
  ] as const)('%s with validation %s is %s', (monitor, hasValidation, expected) => {
    const earlyStopping = monitor && { monitor, patience: 1, minDelta: 0 };
    expect(chooseMonitor(earlyStopping, hasValidation)).toBe(expected);
  });
});
