import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from '../../scripts/lib/lock.mjs';
import { fakeMachine, type FakeMachine } from './fake-machine.ts';

let machine: FakeMachine;
let path: string;
beforeEach(() => {
  machine = fakeMachine();
  path = join(machine.root, '.cache/set-up.lock');
});
afterEach(() => machine.remove());

it('lets one set-up run after the other', async () => {
  const order: string[] = [];
  const first = withLock(machine, async () => {
    order.push('first begins');
    await new Promise((resolve) => setImmediate(resolve));
    order.push('first ends');
  });
  const second = withLock(machine, async () => void order.push('second'));
  await Promise.all([first, second]);
  expect(order).toEqual(['first begins', 'first ends', 'second']);
  expect(machine.said).toEqual([expect.stringMatching(/Another set-up is running/)]);
});

it('is given back when the work fails', async () => {
  await expect(withLock(machine, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(path)).toBe(false);
});

it('is taken from a process that died', async () => {
  mkdirSync(join(path, '..'), { recursive: true });
  // Process ids end at 2^22 on Linux and lower elsewhere.
  writeFileSync(path, '99999999');
  expect(await withLock(machine, async () => 'done')).toBe('done');
  expect(machine.said).toEqual([]);
});
