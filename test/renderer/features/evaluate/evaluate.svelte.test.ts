import { describe, expect, it } from 'vitest';
import { confusionShades } from '../../../../src/renderer/features/evaluate/confusion.ts';
import { EvaluationState } from '../../../../src/renderer/features/evaluate/evaluation.svelte.ts';
import { FakeApp } from '../../support/fake-app.ts';
import { evaluation } from '../../support/samples.ts';

const request = { model: 'default', dataset: 'starter', split: 'test' } as const;

describe('EvaluationState', () => {
  it('keeps the result', async () => {
    const state = new EvaluationState(new FakeApp().connect());
    await state.run(request);
    expect(state.result).toEqual(evaluation);
    expect(state.isRunning).toBe(false);
  });

  it('runs once at a time and can be cancelled', async () => {
    const app = new FakeApp();
    app.evaluateModel = (_input, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const state = new EvaluationState(app.connect());
    const running = state.run(request);
    await state.run(request);
    state.cancel();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(state.isRunning).toBe(false);
  });
});

describe('confusionShades', () => {
  it('colours right answers by their share and mistakes by the worst one', () => {
    expect(
      confusionShades([
        [8, 2],
        [4, 4],
      ]),
    ).toEqual([
      [0.8, 0.5],
      [1, 0.5],
    ]);
  });

  it('has no colour where there is nothing', () => {
    expect(
      confusionShades([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});
