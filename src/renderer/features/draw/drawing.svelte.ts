import type { Ink, InkPoint, Stroke } from '../../../shared/domain/ink.ts';
import { appendPoints } from './pad-geometry.ts';

/** The drawing on the pad: strokes in pad units, with undo and redo. Pixels are always derived from it. */
export class DrawingState {
  #strokes: readonly Stroke[] = $state.raw([]);
  /** The stroke under the pen, or null between strokes. */
  #active: Stroke | null = $state.raw(null);
  #past: readonly (readonly Stroke[])[] = $state.raw([]);
  #future: readonly (readonly Stroke[])[] = $state.raw([]);
  #ink: Ink = $derived({ strokes: this.#active ? [...this.#strokes, this.#active] : this.#strokes });

  /** Everything drawn, with the stroke that is being drawn. */
  get ink(): Ink {
    return this.#ink;
  }

  get isEmpty(): boolean {
    return this.#ink.strokes.length === 0;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** The pen touches the pad. */
  begin(point: InkPoint): void {
    this.end();
    this.#active = [point];
  }

  /** The pen moves. */
  extend(points: readonly InkPoint[]): void {
    if (this.#active) this.#active = appendPoints(this.#active, points);
  }

  /** The pen leaves the pad: the stroke is kept. */
  end(): void {
    if (!this.#active) return;
    this.#commit([...this.#strokes, this.#active]);
    this.#active = null;
  }

  /** The touch was not meant as drawing (a palm, a gesture): the stroke goes. */
  discard(): void {
    this.#active = null;
  }

  clear(): void {
    this.discard();
    if (this.#strokes.length > 0) this.#commit([]);
  }

  undo(): void {
    this.end();
    const before = this.#past.at(-1);
    if (!before) return;
    this.#future = [...this.#future, this.#strokes];
    this.#past = this.#past.slice(0, -1);
    this.#strokes = before;
  }

  redo(): void {
    const after = this.#future.at(-1);
    if (!after || this.#active) return;
    this.#past = [...this.#past, this.#strokes];
    this.#future = this.#future.slice(0, -1);
    this.#strokes = after;
  }

  #commit(strokes: readonly Stroke[]): void {
    this.#past = [...this.#past, this.#strokes];
    this.#future = [];
    this.#strokes = strokes;
  }
}
