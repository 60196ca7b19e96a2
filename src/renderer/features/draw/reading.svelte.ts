import type { AppClient } from '../../../shared/contract.ts';
import type { Ink } from '../../../shared/domain/ink.ts';
import type { Recognition } from '../../../shared/domain/recognition.ts';
import { toAppError, type AppError } from '../../../shared/errors.ts';
import { LatestOnly } from './latest-only.ts';

/** What is known about the drawing: nothing drawn, being read for the first time, read, or not readable now. */
export type Reading =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly recognition: Recognition }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Keeps reading the drawing while it changes; older answers give way to newer ones. */
export class ReadingState {
  #client: AppClient;
  #reading: Reading = $state.raw({ kind: 'nothing' });
  /** The ink to read and the ink that `#reading` is about. */
  #wanted: Ink | null = $state.raw(null);
  #answered: Ink | null = $state.raw(null);
  #requests = new LatestOnly<Ink>((ink) => this.#request(ink));

  constructor(client: AppClient) {
    this.#client = client;
  }

  get reading(): Reading {
    return this.#reading;
  }

  /** Whether the reading is about all the ink there is. */
  get isCurrent(): boolean {
    return this.#wanted === this.#answered;
  }

  /** Reads `ink` as soon as the one before is answered; lifting the pen alone changes nothing and asks nothing. */
  read(ink: Ink): void {
    if (ink.strokes.length === 0) return this.#forget();
    if (this.#wanted && hasSameStrokes(ink, this.#wanted)) return;
    this.#wanted = ink;
    if (this.#reading.kind === 'nothing') this.#reading = { kind: 'reading' };
    this.#requests.push(ink);
  }

  /** Reads the same ink again: the engine is back, or another model reads now. */
  again(): void {
    if (!this.#wanted) return;
    this.#answered = null;
    this.#requests.push(this.#wanted);
  }

  #forget(): void {
    this.#requests.drop();
    this.#wanted = null;
    this.#answered = null;
    this.#reading = { kind: 'nothing' };
  }

  async #request(ink: Ink): Promise<void> {
    const reading = await this.#ask(ink);
    // Cleared while the question was under way: an old answer must not come back.
    if (!this.#wanted) return;
    this.#reading = reading;
    this.#answered = ink;
  }

  async #ask(ink: Ink): Promise<Reading> {
    try {
      return { kind: 'read', recognition: await this.#client.recognizeInk({ ink: toPlain(ink) }) };
    } catch (error) {
      return { kind: 'failed', error: toAppError(error) };
    }
  }
}

/** Strokes are never changed in place, so the same arrays are the same strokes. */
function hasSameStrokes(a: Ink, b: Ink): boolean {
  return (
    a.strokes.length === b.strokes.length && a.strokes.every((stroke, index) => stroke === b.strokes[index])
  );
}

/** The contract's mutable form of the strokes; the points themselves are never changed. */
function toPlain(ink: Ink): { strokes: [number, number, ...number[]][][] } {
  return {
    strokes: ink.strokes.map((stroke) =>
      stroke.map(([x, y, ...rest]) => [x, y, ...rest.filter((value) => value !== undefined)]),
    ),
  };
}
