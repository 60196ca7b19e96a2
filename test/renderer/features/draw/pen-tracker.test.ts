import { beforeEach, describe, expect, it } from 'vitest';
import { DrawingState } from '../../../../src/renderer/features/draw/drawing.svelte.ts';
import { PenTracker } from '../../../../src/renderer/features/draw/pen-tracker.ts';

const mouse = { pointerId: 1, pointerType: 'mouse' };
const palm = { pointerId: 2, pointerType: 'touch' };
const pen = { pointerId: 3, pointerType: 'pen' };

describe('PenTracker', () => {
  let drawing: DrawingState;
  let tracker: PenTracker;
  const strokes = () => drawing.ink.strokes;

  beforeEach(() => {
    drawing = new DrawingState();
    tracker = new PenTracker(drawing);
  });

  it('makes one stroke of one pointer', () => {
    expect(tracker.down(mouse, [0, 0])).toBe(true);
    tracker.move(1, [[5, 5]]);
    tracker.up(1);
    tracker.move(1, [[9, 9]]);
    expect(strokes()).toEqual([
      [
        [0, 0],
        [5, 5],
      ],
    ]);
  });

  it('ignores a second pointer while one draws', () => {
    tracker.down(mouse, [0, 0]);
    expect(tracker.down(palm, [100, 100])).toBe(false);
    tracker.move(2, [[101, 140]]);
    tracker.up(2);
    tracker.move(1, [[5, 5]]);
    tracker.up(1);
    expect(strokes()).toEqual([
      [
        [0, 0],
        [5, 5],
      ],
    ]);
  });

  it('lets a pen replace the palm that landed first', () => {
    tracker.down(palm, [100, 100]);
    expect(tracker.down(pen, [0, 0])).toBe(true);
    tracker.up(2);
    tracker.move(3, [[5, 5]]);
    tracker.up(3);
    expect(strokes()).toEqual([
      [
        [0, 0],
        [5, 5],
      ],
    ]);
  });

  it('keeps the stroke when the pointer is lost, and drops it when the system cancels', () => {
    tracker.down(mouse, [0, 0]);
    tracker.up(1);
    tracker.up(1);
    tracker.down(palm, [50, 50]);
    tracker.cancel(2);
    tracker.up(2);
    expect(strokes()).toEqual([[[0, 0]]]);
  });
});
