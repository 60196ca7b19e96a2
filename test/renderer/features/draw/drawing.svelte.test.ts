import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DrawingState } from '../../../../src/renderer/features/draw/drawing.svelte.ts';

function drawLine(drawing: DrawingState, x: number): void {
  drawing.begin([x, 0]);
  drawing.extend([[x, 10]]);
  drawing.end();
}
const xs = (drawing: DrawingState) => drawing.ink.strokes.map((stroke) => stroke[0]?.[0]);

describe('DrawingState', () => {
  it('shows the stroke that is being drawn', () => {
    const drawing = new DrawingState();
    drawing.begin([1, 1]);
    drawing.extend([[2, 2]]);
    expect(drawing.ink.strokes).toEqual([
      [
        [1, 1],
        [2, 2],
      ],
    ]);
    expect(drawing.canUndo).toBe(false);
    drawing.end();
    expect(drawing.ink.strokes).toHaveLength(1);
    expect(drawing.canUndo).toBe(true);
  });

  it('drops a discarded stroke without a trace', () => {
    const drawing = new DrawingState();
    drawing.begin([1, 1]);
    drawing.discard();
    drawing.end();
    expect(drawing.isEmpty).toBe(true);
    expect(drawing.canUndo).toBe(false);
  });

  it('undoes and redoes strokes and clearing', () => {
    const drawing = new DrawingState();
    drawLine(drawing, 1);
    drawLine(drawing, 2);
    drawing.clear();
    expect(xs(drawing)).toEqual([]);
    drawing.undo();
    expect(xs(drawing)).toEqual([1, 2]);
    drawing.undo();
    expect(xs(drawing)).toEqual([1]);
    drawing.redo();
    drawing.redo();
    expect(xs(drawing)).toEqual([]);
    expect(drawing.canRedo).toBe(false);
  });

  it('forgets what was undone once something new is drawn', () => {
    const drawing = new DrawingState();
    drawLine(drawing, 1);
    drawing.undo();
    drawLine(drawing, 2);
    expect(drawing.canRedo).toBe(false);
    expect(xs(drawing)).toEqual([2]);
  });

  it('clears nothing into the history when it is empty', () => {
    const drawing = new DrawingState();
    drawing.clear();
    expect(drawing.canUndo).toBe(false);
  });

  it('comes back to the start by undoing all, and to the end by redoing all, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('line', 'clear', 'undo', 'redo')), (steps) => {
        const drawing = new DrawingState();
        steps.forEach((step, index) => (step === 'line' ? drawLine(drawing, index) : drawing[step]()));
        while (drawing.canRedo) drawing.redo();
        const end = drawing.ink.strokes;
        while (drawing.canUndo) drawing.undo();
        expect(drawing.isEmpty).toBe(true);
        while (drawing.canRedo) drawing.redo();
        expect(drawing.ink.strokes).toEqual(end);
      }),
    );
  });
});
