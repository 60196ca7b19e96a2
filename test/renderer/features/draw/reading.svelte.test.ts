import { beforeEach, describe, expect, it } from 'vitest';
import type { Ink } from '../../../../src/shared/domain/ink.ts';
import type { Recognition } from '../../../../src/shared/domain/recognition.ts';
import { appError } from '../../../../src/shared/errors.ts';
import { ReadingState } from '../../../../src/renderer/features/draw/reading.svelte.ts';
import { FakeApp } from '../../support/fake-app.ts';
import { recognitionOf } from '../../support/samples.ts';

const inkOf = (strokes: number): Ink => ({
  strokes: Array.from({ length: strokes }, (_, x) => [
    [x, 0, 0.5, 1],
    [x, 9],
  ]),
});

describe('ReadingState', () => {
  let app: FakeApp;
  let state: ReadingState;
  const text = () => (state.reading.kind === 'read' ? state.reading.recognition.text : state.reading.kind);

  beforeEach(() => {
    app = new FakeApp();
    app.recognize = async ({ ink }) => recognitionOf(String(ink.strokes.length));
    state = new ReadingState(app.connect());
  });

  it('asks nothing about an empty pad', async () => {
    state.read({ strokes: [] });
    await Promise.resolve();
    expect(text()).toBe('nothing');
    expect(app.log).toEqual([]);
  });

  it('reads the newest ink, with one request at a time', async () => {
    for (const strokes of [1, 2, 3, 4]) state.read(inkOf(strokes));
    expect(state.isCurrent).toBe(false);
    await expect.poll(text).toBe('4');
    expect(state.isCurrent).toBe(true);
    expect(app.log).toEqual(['recognizeInk', 'recognizeInk']);
  });

  it('asks once about the same strokes', async () => {
    const ink = inkOf(2);
    state.read(ink);
    await expect.poll(text).toBe('2');
    state.read({ strokes: [...ink.strokes] });
    expect(state.isCurrent).toBe(true);
    expect(app.log).toEqual(['recognizeInk']);
  });

  it('lets no late answer come back after clearing', async () => {
    let answer: (recognition: Recognition) => void = () => undefined;
    app.recognize = () => new Promise((resolve) => (answer = resolve));
    state.read(inkOf(1));
    await expect.poll(() => app.log).toEqual(['recognizeInk']);
    state.read({ strokes: [] });
    answer(recognitionOf('8'));
    app.recognize = async () => recognitionOf('1');
    state.read(inkOf(1));
    await expect.poll(text).toBe('1');
    expect(state.isCurrent).toBe(true);
  });

  it('says what went wrong, and reads the same ink when it can again', async () => {
    app.recognize = async () => {
      throw appError('linkClosed');
    };
    state.read(inkOf(2));
    await expect.poll(text).toBe('failed');
    app.recognize = async () => recognitionOf('2');
    state.again();
    await expect.poll(text).toBe('2');
  });
});
