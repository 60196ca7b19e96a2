import { expect, it } from 'vitest';
import {
  countCrash,
  DEFAULT_RESTART_POLICY,
  restartDelayMs,
} from '../../../src/core/engine/restart-policy.ts';

it('waits twice as long after each quick crash, up to a limit, and then gives up', () => {
  const policy = { ...DEFAULT_RESTART_POLICY, maxQuickCrashes: 8 };
  const delays = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((crashes) => restartDelayMs(crashes, policy));
  expect(delays).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, null]);
});

it('forgets earlier crashes once an engine has lived long enough', () => {
  expect(countCrash(3, 9_999, DEFAULT_RESTART_POLICY)).toBe(4);
  expect(countCrash(3, 10_001, DEFAULT_RESTART_POLICY)).toBe(1);
});
