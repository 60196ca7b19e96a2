import { describe, expect, it } from 'vitest';
import { LatestOnly } from '../../../../src/renderer/features/draw/latest-only.ts';

describe('LatestOnly', () => {
  it('never runs two at once and skips to the newest input', async () => {
    const started: number[] = [];
    const finish: (() => void)[] = [];
    const queue = new LatestOnly<number>((input) => {
      started.push(input);
      return new Promise((resolve) => finish.push(resolve));
    });
    for (const input of [1, 2, 3]) queue.push(input);
    expect(started).toEqual([1]);
    finish[0]?.();
    await expect.poll(() => started).toEqual([1, 3]);
    queue.push(4);
    queue.drop();
    finish[1]?.();
    queue.push(5);
    await expect.poll(() => started).toEqual([1, 3, 5]);
  });
});
