/** A promise that callers wait on while the thing it stands for comes and goes. */
import { appError, type AppError } from '../../shared/errors.ts';

export interface WaitLimits {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface Readiness<Value> {
  /** Lets everyone who waits, now and later, have `value`. */
  ready(value: Value): void;
  /** From here on, callers wait again. */
  lost(): void;
  /** Rejects everyone who waits now; later callers wait again. */
  failed(error: AppError): void;
  /** Resolves when ready; rejects on failure, abort or timeout. */
  wait(limits: WaitLimits): Promise<Value>;
}

/** Makes one that is not ready. */
export function createReadiness<Value>(): Readiness<Value> {
  let current: { value: Value } | null = null;
  const waiting = new Set<{ resolve: (value: Value) => void; reject: (error: AppError) => void }>();

  function wait({ timeoutMs, signal }: WaitLimits): Promise<Value> {
    if (signal?.aborted) return Promise.reject(appError('cancelled'));
    if (current) return Promise.resolve(current.value);
    return new Promise<Value>((resolve, reject) => {
      const settled = (): void => {
        waiting.delete(waiter);
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
      };
      const waiter = {
        resolve: (value: Value) => (settled(), resolve(value)),
        reject: (error: AppError) => (settled(), reject(error)),
      };
      const cancel = (): void => waiter.reject(appError('cancelled'));
      const timer = setTimeout(
        () => waiter.reject(appError('engineHung', { seconds: timeoutMs / 1000 })),
        timeoutMs,
      );
      signal?.addEventListener('abort', cancel, { once: true });
      waiting.add(waiter);
    });
  }

  return {
    wait,
    ready(value) {
      current = { value };
      for (const waiter of [...waiting]) waiter.resolve(value);
    },
    lost() {
      current = null;
    },
    failed(error) {
      current = null;
      for (const waiter of [...waiting]) waiter.reject(error);
    },
  };
}
