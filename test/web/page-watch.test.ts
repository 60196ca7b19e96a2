import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPageWatch } from '../../src/web/page-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a reload is survived, closing the last page is not', () => {
  const onAbandoned = vi.fn();
  const watch = createPageWatch({ onAbandoned, graceMs: 1000 });
  watch(1);
  watch(0);
  vi.advanceTimersByTime(999);
  watch(1);
  vi.advanceTimersByTime(5000);
  expect(onAbandoned).not.toHaveBeenCalled();
  watch(2);
  watch(1);
  vi.advanceTimersByTime(5000);
  expect(onAbandoned).not.toHaveBeenCalled();
  watch(0);
  vi.advanceTimersByTime(1000);
  expect(onAbandoned).toHaveBeenCalledOnce();
});

test('before the first page there is no hurry', () => {
  const onAbandoned = vi.fn();
  createPageWatch({ onAbandoned });
  vi.advanceTimersByTime(60_000);
  expect(onAbandoned).not.toHaveBeenCalled();
});
