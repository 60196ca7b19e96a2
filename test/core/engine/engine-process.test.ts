import { expect, it } from 'vitest';
import { describeExit } from '../../../src/core/engine-process.ts';

it.each([
  [{ code: null, signal: 'SIGKILL', output: '' } as const, 'signal SIGKILL'],
  [{ code: 0, signal: null, output: 'all is well' }, 'exit code 0'],
  [{ code: 1, signal: null, output: 'first\nlast\n\n' }, 'exit code 1 (last)'],
  [
    { code: 1, signal: null, output: 'x\nTypeError: no such thing\n    at file.ts:1:2\n\nNode.js v24\n' },
    'exit code 1 (TypeError: no such thing)',
  ],
])('describes %o', (exit, expected) => {
  expect(describeExit(exit)).toBe(expected);
});
