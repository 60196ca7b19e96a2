/** The metrics against scikit-learn's, on random predictions with ties and with a class that is hardly ever read. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { evaluatePredictions } from '../../../src/shared/metrics/evaluate-predictions.ts';
import { createRandom } from '../../../src/shared/random/random.ts';

const PYTHON =
  process.env.DIGIT_STUDIO_PEERS_PYTHON ?? resolve(import.meta.dirname, '../../../.cache/peers/bin/python');
const ORACLE = resolve(import.meta.dirname, 'metrics_oracle.py');
const CLASSES = 7;
/** Loading scikit-learn takes seconds on a busy machine. */
const PYTHON_START_MS = 120_000;

interface Oracle {
  loss: number;
  accuracy: number;
  macro: { precision: number; recall: number; f1: number };
  macroAuc: number;
  perClass: { precision: number; recall: number; f1: number; support: number }[];
  auc: number[];
  confusion: number[][];
}

/** Probabilities in steps of 1/16, so that many are equal, with the true class favoured. */
function randomPredictions(seed: number, count: number) {
  const random = createRandom(seed);
  const labels = Uint16Array.from({ length: count }, () => random.below(CLASSES));
  const rows = Array.from(labels, (label) => {
    const steps = new Array<number>(CLASSES).fill(0);
    for (let step = 0; step < 16; step++) {
      const k = random.below(3) === 0 ? label : random.below(CLASSES - 1);
      steps[k] = (steps[k] ?? 0) + 1;
    }
    return steps.map((share) => share / 16);
  });
  return { labels, rows };
}

it('agrees with scikit-learn to 1e-12 on 1,000 predictions', { timeout: PYTHON_START_MS }, () => {
  const { labels, rows } = randomPredictions(1, 1000);
  const input = JSON.stringify({ probabilities: rows, labels: [...labels] });
  const oracle = JSON.parse(execFileSync(PYTHON, [ORACLE], { input, encoding: 'utf8' })) as Oracle;
  const result = evaluatePredictions({
    probabilities: Float32Array.from(rows.flat()),
    labels,
    classes: Array.from({ length: CLASSES }, (_, k) => String(k)),
  });
  const ours: Oracle = {
    loss: result.loss,
    accuracy: result.accuracy,
    macro: { precision: result.macro.precision, recall: result.macro.recall, f1: result.macro.f1 },
    macroAuc: result.macro.auc ?? NaN,
    perClass: result.perClass.map(({ precision, recall, f1, support }) => ({
      precision,
      recall,
      f1,
      support,
    })),
    auc: result.perClass.map(({ auc }) => auc ?? NaN),
    confusion: result.confusion,
  };
  expect(flatten(ours).length).toBe(4 + 3 + CLASSES * 5 + CLASSES ** 2 - 1);
  flatten(ours).forEach(([path, value]) => {
    expect(value, path).toBeCloseTo(Object.fromEntries(flatten(oracle))[path] ?? NaN, 12);
  });
});

/** Every number of a JSON value with its path. */
function flatten(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${path}/${key}`));
}
