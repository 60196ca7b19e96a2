import { describe, expect, it } from 'vitest';
import { countTests, stagesFor } from '../../scripts/lib/test-stages.mjs';

describe('counting tests', () => {
  const vitest = { numPassedTests: 5, numFailedTests: 2, numPendingTests: 1 };
  const playwright = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 } };

  it.each([
    ['a static check that passes', 0, undefined, { passed: 1, failed: 0, skipped: 0 }],
    ['a static check that fails', 1, undefined, { passed: 0, failed: 1, skipped: 0 }],
    ["Vitest's report", 1, vitest, { passed: 5, failed: 2, skipped: 1 }],
    ["Playwright's report, where flaky is failed", 1, playwright, { passed: 3, failed: 2, skipped: 4 }],
    [
      'a crash after all tests passed',
      1,
      { ...vitest, numFailedTests: 0 },
      { passed: 5, failed: 1, skipped: 1 },
    ],
  ])('%s', (_name, exitCode, report, expected) => {
    expect(countTests(exitCode, report)).toEqual(expected);
  });
});

describe('the stages', () => {
  const names = (wanted: { peers: boolean; long: boolean }) => stagesFor(wanted).map(({ name }) => name);
  const usual = ['types', 'components', 'lint', 'format', 'unit and integration', 'journeys'];

  it('are the quick checks first, then the tests', () => {
    expect(names({ peers: false, long: false })).toEqual(usual);
  });

  it('are more when more is asked for', () => {
    expect(names({ peers: true, long: true })).toEqual([...usual, 'peers', 'long']);
  });
});
