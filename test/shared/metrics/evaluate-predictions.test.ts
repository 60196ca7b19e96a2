import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePredictions } from '../../../src/shared/metrics/evaluate-predictions.ts';

/** Five samples of three classes; predicted 0, 0, 1, 2, 1 while they are 0, 1, 1, 2, 2. All numbers are exact in binary. */
const EXAMPLE = {
  probabilities: Float32Array.of(
    ...[0.75, 0.25, 0],
    ...[0.5, 0.375, 0.125],
    ...[0.125, 0.875, 0],
    ...[0.25, 0.25, 0.5],
    ...[0, 0.75, 0.25],
  ),
  labels: Uint8Array.of(0, 1, 1, 2, 2),
  classes: ['a', 'b', 'c'],
};

describe('evaluatePredictions, by hand', () => {
  const result = evaluatePredictions(EXAMPLE);

  it('counts who is taken for whom', () => {
    expect(result.confusion).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [0, 1, 1],
    ]);
    expect(result.accuracy).toBe(3 / 5);
  });

  it('takes the mean of -ln of the true class', () => {
    const expected =
      -(Math.log(0.75) + Math.log(0.375) + Math.log(0.875) + Math.log(0.5) + Math.log(0.25)) / 5;
    expect(result.loss).toBeCloseTo(expected, 12);
  });

  it('scores each class', () => {
    // a: 1 of 2 read as it, 1 of 1 found. b: 1 of 2, 1 of 2. c: 1 of 1, 1 of 2.
    // AUC of a: 0.75 beats 0.5, 0.125, 0.25, 0: 4 of 4. b: {0.375, 0.875} against {0.25, 0.25, 0.75}: 5 of 6 pairs.
    // c: {0.5, 0.25} against {0, 0.125, 0}: 6 of 6.
    expect(result.perClass).toEqual([
      { label: 'a', precision: 1 / 2, recall: 1, f1: 2 / 3, support: 1, auc: 1 },
      { label: 'b', precision: 1 / 2, recall: 1 / 2, f1: 1 / 2, support: 2, auc: 5 / 6 },
      { label: 'c', precision: 1, recall: 1 / 2, f1: 2 / 3, support: 2, auc: 1 },
    ]);
    expect(result.macro.precision).toBeCloseTo(2 / 3, 12);
    expect(result.macro.recall).toBeCloseTo(2 / 3, 12);
    expect(result.macro.f1).toBeCloseTo(11 / 18, 12);
    expect(result.macro.auc).toBeCloseTo(17 / 18, 12);
  });

  it('compares confidence with accuracy in 15 bins', () => {
    // (7/15, 8/15]: two 0.5, one right: gap 0. (11/15, 12/15]: two 0.75, one right: gap 0.5. (13/15, 14/15]: 0.875, right.
    expect(result.ece).toBeCloseTo((0 + 0.5 + 0.125) / 5, 12);
  });
});

describe('evaluatePredictions, at the edges', () => {
  it('gives 0 for a class that is never read or never there, and no AUC', () => {
    const { perClass, macro } = evaluatePredictions({
      probabilities: Float32Array.of(1, 0, 0, 1, 0, 0),
      labels: Uint16Array.of(0, 1),
      classes: ['a', 'b', 'c'],
    });
    expect(perClass[1]).toEqual({ label: 'b', precision: 0, recall: 0, f1: 0, support: 1, auc: 0.5 });
    expect(perClass[2]).toEqual({ label: 'c', precision: 0, recall: 0, f1: 0, support: 0, auc: null });
    expect(macro).toEqual({ precision: 0.5 / 3, recall: 1 / 3, f1: 2 / 3 / 3, auc: null });
  });

  it('keeps the loss of a certain mistake finite, at -ln(1e-7)', () => {
    const { loss } = evaluatePredictions({
      probabilities: Float32Array.of(1, 0),
      labels: Uint8Array.of(1),
      classes: ['a', 'b'],
    });
    expect(loss).toBeCloseTo(16.11809565095832, 10);
  });

  it('counts ties as half', () => {
    const { perClass } = evaluatePredictions({
      probabilities: Float32Array.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.75),
      labels: Uint8Array.of(0, 1, 1, 1),
      classes: ['a', 'b'],
    });
    // The lone a ties with two b and beats one: (0.5 + 0.5 + 1) / 3.
    expect(perClass[0]!.auc).toBeCloseTo(2 / 3, 12);
    // Of equally probable classes the first is taken.
    expect(perClass[0]!.recall).toBe(1);
  });

  it('refuses what does not fit together', () => {
    const classes = ['a', 'b'];
    expect(() =>
      evaluatePredictions({ probabilities: new Float32Array(), labels: new Uint8Array(), classes }),
    ).toThrow('there are no predictions to evaluate');
    expect(() =>
      evaluatePredictions({ probabilities: new Float32Array(3), labels: new Uint8Array(2), classes }),
    ).toThrow('2 samples of 2 classes need 4 probabilities, got 3');
    expect(() =>
      evaluatePredictions({ probabilities: new Float32Array(2), labels: Uint8Array.of(2), classes }),
    ).toThrow('label 2 is none of the 2 classes');
  });
});

it('has the AUC of the pairwise definition, whatever the scores', () => {
  const sample = fc.record({ score: fc.integer({ min: 0, max: 8 }), label: fc.integer({ min: 0, max: 1 }) });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 40 }), (samples) => {
      const { perClass } = evaluatePredictions({
        probabilities: Float32Array.from(samples.flatMap(({ score }) => [1 - score / 8, score / 8])),
        labels: Uint8Array.from(samples, ({ label }) => label),
        classes: ['no', 'yes'],
      });
      const positives = samples.filter(({ label }) => label === 1);
      const negatives = samples.filter(({ label }) => label === 0);
      const pairs = positives.flatMap((p) =>
        negatives.map((n) => (p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0)),
      );
      const expected =
        pairs.length === 0 ? null : pairs.reduce<number>((sum, win) => sum + win, 0) / pairs.length;
      if (expected === null) expect(perClass[1]!.auc).toBeNull();
      else expect(perClass[1]!.auc).toBeCloseTo(expected, 10);
    }),
  );
});
