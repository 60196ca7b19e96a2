import { describe, expect, it } from 'vitest';
import {
  MOST_LIVE_POINTS,
  progressFraction,
  withEpoch,
  withProgress,
  type LivePoint,
} from '../../../../src/renderer/features/train/history.ts';
import { epochOf } from '../../support/samples.ts';

const progress = (epoch: number, batch: number) => ({
  run: 'r',
  epoch,
  epochs: 4,
  batch,
  batches: 10,
  loss: 0.5,
  accuracy: 0.8,
  imagesPerSecond: 100,
  secondsLeft: 9,
});

describe('withEpoch', () => {
  it('puts epochs in order and replaces repeated ones', () => {
    const history = [epochOf(3), epochOf(1), { ...epochOf(3), loss: 0.1 }].reduce(withEpoch, [] as never);
    expect(history).toEqual([epochOf(1), { ...epochOf(3), loss: 0.1 }]);
  });
});

describe('withProgress', () => {
  it('places each reading within its epoch and ignores what is not newer', () => {
    const points = [progress(1, 5), progress(1, 5), progress(2, 2)].reduce(withProgress, [] as never);
    expect(points).toEqual([
      { at: 0.5, loss: 0.5, accuracy: 0.8 },
      { at: 1.2, loss: 0.5, accuracy: 0.8 },
    ]);
  });

  it('never grows beyond its bound and keeps the newest', () => {
    let points: readonly LivePoint[] = [];
    for (let epoch = 1; epoch <= 300; epoch += 1)
      for (let batch = 1; batch <= 10; batch += 1) points = withProgress(points, progress(epoch, batch));
    expect(points.length).toBeLessThanOrEqual(MOST_LIVE_POINTS);
    expect(points.at(-1)?.at).toBe(300);
  });
});

describe('progressFraction', () => {
  it('goes from 0 to 1 over all epochs', () => {
    expect(progressFraction(null)).toBeNull();
    expect(progressFraction(progress(1, 0))).toBe(0);
    expect(progressFraction(progress(3, 5))).toBe(0.625);
    expect(progressFraction(progress(4, 10))).toBe(1);
  });
});
