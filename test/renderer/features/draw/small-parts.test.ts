import { describe, expect, it } from 'vitest';
import { catalog } from '../../../../src/shared/i18n/catalog.ts';
import { appError } from '../../../../src/shared/errors.ts';
import { barsOf } from '../../../../src/renderer/features/draw/bars.ts';
import { toRgba } from '../../../../src/renderer/features/draw/digit-pixels.ts';
import { padActionOf } from '../../../../src/renderer/features/draw/pad-keys.ts';
import { readingProblem } from '../../../../src/renderer/features/draw/reading-problem.ts';
import { recognitionOf } from '../../support/samples.ts';

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe('padActionOf', () => {
  it.each([
    [press('z', { ctrlKey: true }), 'undo'],
    [press('z', { metaKey: true }), 'undo'],
    [press('Z', { ctrlKey: true, shiftKey: true }), 'redo'],
    [press('y', { ctrlKey: true }), 'redo'],
    [press('Escape'), 'clear'],
    [press('Delete'), 'clear'],
    [press('z'), undefined],
    [press('Delete', { altKey: true }), undefined],
  ])('%j means %s', (event, action) => {
    expect(padActionOf(event)).toBe(action);
  });
});

describe('barsOf', () => {
  const classes = ['0', '1', '2'];
  const digit = { ...recognitionOf('7').digits[0]!, label: '2' };

  it('waits with empty bars', () => {
    expect(barsOf(undefined, classes)).toEqual(classes.map((label) => ({ label, probability: null })));
  });

  it('keeps class order, whatever is most probable', () => {
    const alternatives = [
      { label: '2', probability: 0.9 },
      { label: '0', probability: 0.07 },
      { label: '1', probability: 0.03 },
    ];
    const bars = barsOf({ ...digit, alternatives }, classes);
    expect(bars.map(({ label, probability }) => [label, probability])).toEqual([
      ['0', 0.07],
      ['1', 0.03],
      ['2', 0.9],
    ]);
  });

  it('shows the ten most probable of many classes', () => {
    const alternatives = Array.from({ length: 26 }, (_, index) => ({
      label: String.fromCharCode(97 + index),
      probability: 1 / (index + 2),
    }));
    expect(
      barsOf({ ...digit, alternatives }, [])
        .map(({ label }) => label)
        .join(''),
    ).toBe('abcdefghij');
  });
});

describe('toRgba', () => {
  it('makes opaque greys', () => {
    expect([...toRgba(new Uint8Array([0, 255, 7]))]).toEqual([
      0, 0, 0, 255, 255, 255, 255, 255, 7, 7, 7, 255,
    ]);
  });
});

describe('readingProblem', () => {
  const texts = catalog.en.draw;
  const well = {
    isConnected: true,
    engine: { kind: 'ready', tensorflow: '2', threads: 2 },
    errorText: () => 'broken',
  } as const;
  const failed = { kind: 'failed', error: appError('linkClosed') } as const;

  it('is silent about an empty pad and while all is well', () => {
    expect(readingProblem({ kind: 'nothing' }, { ...well, isConnected: false }, texts)).toBeUndefined();
    expect(readingProblem({ kind: 'reading' }, well, texts)).toBeUndefined();
  });

  it('names the nearest cause', () => {
    const restarting = { kind: 'restarting', attempt: 1, reason: 'signal' } as const;
    expect(readingProblem(failed, { ...well, isConnected: false, engine: restarting }, texts)).toBe(
      texts.connectionLost,
    );
    expect(readingProblem(failed, { ...well, engine: restarting }, texts)).toBe(texts.waitingForEngine);
    expect(readingProblem(failed, { ...well, engine: { kind: 'starting' } }, texts)).toBe(
      texts.engineStarting,
    );
    expect(readingProblem(failed, { ...well, engine: { kind: 'failed', reason: '' } }, texts)).toBe(
      texts.engineFailed,
    );
    expect(readingProblem(failed, well, texts)).toBe('broken');
  });
});
