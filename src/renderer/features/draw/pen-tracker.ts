import type { InkPoint } from '../../../shared/domain/ink.ts';

/** What a pen does to a drawing. */
export interface PenTarget {
  begin(point: InkPoint): void;
  extend(points: readonly InkPoint[]): void;
  end(): void;
  discard(): void;
}

/** Which pointer it is, as PointerEvent tells it. */
export interface PointerIdentity {
  readonly pointerId: number;
  readonly pointerType: string;
}

/** Turns pointers into strokes: one pointer draws at a time, and a pen beats the palm that landed before it. */
export class PenTracker {
  #target: PenTarget;
  #pointer: PointerIdentity | null = null;

  constructor(target: PenTarget) {
    this.#target = target;
  }

  /** Starts a stroke; false if the pointer is not the one that draws. */
  down(pointer: PointerIdentity, point: InkPoint): boolean {
    if (this.#pointer) {
      const penOverTouch = pointer.pointerType === 'pen' && this.#pointer.pointerType === 'touch';
      if (!penOverTouch) return false;
      this.#target.discard();
    }
    this.#pointer = { pointerId: pointer.pointerId, pointerType: pointer.pointerType };
    this.#target.begin(point);
    return true;
  }

  move(pointerId: number, points: readonly InkPoint[]): void {
    if (this.isDrawing(pointerId)) this.#target.extend(points);
  }

  /** The pointer went up or was taken away from the pad: what it drew stays. */
  up(pointerId: number): void {
    if (!this.isDrawing(pointerId)) return;
    this.#pointer = null;
    this.#target.end();
  }

  /** The system decided that this was no drawing, such as a palm. */
  cancel(pointerId: number): void {
    if (!this.isDrawing(pointerId)) return;
    this.#pointer = null;
    this.#target.discard();
  }

  isDrawing(pointerId: number): boolean {
    return this.#pointer?.pointerId === pointerId;
  }
}
