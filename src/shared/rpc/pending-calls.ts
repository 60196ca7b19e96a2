/** Which calls wait for an answer: the bookkeeping of a client, with no link in it. */
import type { AppError } from '../errors.ts';

interface Waiting {
  resolve: (output: unknown) => void;
  reject: (error: AppError) => void;
}

export interface PendingCalls {
  /** Registers a call: its id, from 1 on, and the promise of its answer. */
  open(): { id: number; answer: Promise<unknown> };
  /** Settles a call; an id that is not waiting (cancelled, or already answered) is let pass. */
  resolve(id: number, output: unknown): void;
  reject(id: number, error: AppError): void;
  rejectAll(error: AppError): void;
}

/** Makes an empty list of waiting calls. */
export function createPendingCalls(): PendingCalls {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;

  function take(id: number): Waiting | undefined {
    const found = waiting.get(id);
    waiting.delete(id);
    return found;
  }

  return {
    open() {
      const id = ++lastId;
      const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
      return { id, answer };
    },
    resolve: (id, output) => take(id)?.resolve(output),
    reject: (id, error) => take(id)?.reject(error),
    rejectAll(error) {
      for (const id of [...waiting.keys()]) take(id)?.reject(error);
    },
  };
}
