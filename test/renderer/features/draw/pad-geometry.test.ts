import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InkPoint } from '../../../../src/shared/domain/ink.ts';
import {
  appendPoints,
  strokeWidth,
  toInkPoint,
} from '../../../../src/renderer/features/draw/pad-geometry.ts';

const bounds = { left: 100, top: 50, width: 560, height: 560 };
const sample = { clientX: 380, clientY: 330, pressure: 0.5, pointerType: 'mouse', timeStamp: 12 };

describe('toInkPoint', () => {
  it('puts the middle of the pad in the middle of its units', () => {
    expect(toInkPoint(sample, bounds)).toEqual([140, 140, 0.5, 12]);
  });

  it('holds points inside the pad', () => {
    expect(toInkPoint({ ...sample, clientX: 0, clientY: 9999 }, bounds)).toEqual([0, 280, 0.5, 12]);
  });

  it.each([
    ['mouse', 0.9, 0.5],
    ['touch', 0, 0.5],
    ['touch', 1, 0.5],
    ['pen', 0, 0.5],
    ['pen', 0.3, 0.3],
    ['pen', 1.7, 1],
  ])('%s with pressure %f counts as %f', (pointerType, pressure, counted) => {
    expect(toInkPoint({ ...sample, pointerType, pressure }, bounds)?.[2]).toBe(counted);
  });

  it('has no point while the pad has no size, or for a position that is no number', () => {
    expect(toInkPoint(sample, { ...bounds, width: 0 })).toBeUndefined();
    expect(toInkPoint({ ...sample, clientX: Number.NaN }, bounds)).toBeUndefined();
  });

  it('is the same wherever the pad is and however large', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const size = fc.double({ min: 50, max: 3000, noNaN: true });
    fc.assert(
      fc.property(part, part, size, (x, y, side) => {
        const at = { left: side / 3, top: side / 7, width: side, height: side };
        const point = toInkPoint({ ...sample, clientX: at.left + x * side, clientY: at.top + y * side }, at);
        expect(point?.[0]).toBeCloseTo(x * 280, 6);
        expect(point?.[1]).toBeCloseTo(y * 280, 6);
      }),
    );
  });
});

describe('appendPoints', () => {
  it('leaves out points that hardly moved', () => {
    expect(
      appendPoints(
        [[0, 0]],
        [
          [0.2, 0.2],
          [1, 0],
          [1.1, 0],
          [1, 3],
        ],
      ),
    ).toEqual([
      [0, 0],
      [1, 0],
      [1, 3],
    ]);
  });

  it('is the very same stroke if nothing moved', () => {
    const stroke: InkPoint[] = [[4, 4]];
    expect(appendPoints(stroke, [[4, 4]])).toBe(stroke);
  });
});

describe('strokeWidth', () => {
  it('grows with pressure from half to one and a half', () => {
    expect([strokeWidth(0), strokeWidth(), strokeWidth(1)]).toEqual([7.5, 15, 22.5]);
  });
});
