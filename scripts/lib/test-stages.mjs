/** The stages of `npm test`: what each runs, and how many tests passed and failed in it. */
import { rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';
import { readJson } from './state.mjs';

/**
 * @typedef {{passed: number, failed: number, skipped: number}} Counts
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[]} command arguments for Node 24
 * @property {'vitest' | 'playwright'} [report] what writes a report; without one the stage counts as a single test
 */

const VITEST_REPORT = 'test-results/vitest.json';
const PLAYWRIGHT_REPORT = 'test-results/playwright.json';
const vitest = (...args) => [
  'node_modules/vitest/vitest.mjs',
  'run',
  ...args,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${VITEST_REPORT}`,
];

/** @type {Stage[]} */
const ALWAYS = [
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'] },
  {
    name: 'components',
    command: [
      'node_modules/svelte-check/bin/svelte-check',
      '--tsconfig',
      'tsconfig.web.json',
      '--fail-on-warnings',
    ],
  },
  { name: 'lint', command: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'] },
  { name: 'format', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'unit and integration', command: vitest(), report: 'vitest' },
  {
    name: 'journeys',
    command: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
    report: 'playwright',
  },
];
const slow = (project) =>
  vitest('--config', 'vitest.slow.config.ts', '--project', project, '--passWithNoTests');

/**
 * The stages to run, in order: quick ones first, so that a slip shows early.
 * @param {{peers: boolean, long: boolean}} wanted
 * @returns {Stage[]}
 */
export function stagesFor({ peers, long }) {
  return [
    ...ALWAYS,
    ...(peers ? [{ name: 'peers', command: slow('peers'), report: 'vitest' }] : []),
    ...(long ? [{ name: 'long', command: slow('long'), report: 'vitest' }] : []),
  ];
}

/**
 * Runs one stage, showing what it prints.
 * @param {import('./machine.mjs').Machine} machine
 * @param {Stage} stage
 * @returns {Promise<Counts>}
 */
export async function runStage(machine, stage) {
  const { root, node, env } = machine;
  const file = { vitest: VITEST_REPORT, playwright: PLAYWRIGHT_REPORT }[stage.report];
  if (file) rmSync(join(root, file), { force: true });
  const result = await run(node, stage.command, {
    cwd: root,
    show: true,
    env: {
      ...env,
      PATH: `${join(root, 'node_modules/.bin')}${delimiter}${env.PATH}`,
      PLAYWRIGHT_JSON_OUTPUT_NAME: join(root, PLAYWRIGHT_REPORT),
    },
  });
  return countTests(result.code, file && readJson(join(root, file)));
}

/**
 * The counts in a report of Vitest or Playwright. A stage that failed has at least one failure, whatever it reports:
 * it may have crashed, or found no test.
 * @param {number} exitCode
 * @param {Record<string, any> | undefined} report
 * @returns {Counts}
 */
export function countTests(exitCode, report) {
  const counts = report?.stats
    ? {
        passed: report.stats.expected,
        failed: report.stats.unexpected + report.stats.flaky,
        skipped: report.stats.skipped,
      }
    : report
      ? { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests }
      : { passed: exitCode === 0 ? 1 : 0, failed: 0, skipped: 0 };
  if (exitCode !== 0) counts.failed = Math.max(counts.failed, 1);
  return counts;
}
