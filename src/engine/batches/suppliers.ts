/** Who fills the slots: workers beside the training thread, or that thread itself. */
import { Worker } from 'node:worker_threads';
import { appError, type AppError } from '../../shared/errors.ts';
import type { BatchWorkerData } from './batch-worker.ts';
import { createFiller, type BatchPlan } from './filler.ts';
import { filledWith, ringSlots, ringTurns, type Ring } from './ring.ts';

/** The bundler puts the worker beside the file this code ends up in (see electron.vite.config.ts). */
const WORKER_FILE = import.meta.url.endsWith('.ts') ? './batch-worker.ts' : './batch-worker.js';

export interface BatchSupplier {
  /** Resolves when batch number `batch` is in its slot; rejects with `batchWorkerFailed` if it never will be. */
  ready(batch: number): Promise<void>;
  close(): Promise<void>;
}

/** Fills each batch when it is asked for. */
export function createDirectSupplier(plan: BatchPlan, ring: Ring): BatchSupplier {
  const fill = createFiller(plan);
  const slots = ringSlots(ring);
  return {
    ready: async (batch) => fill(batch, slots[batch % ring.slotCount]!),
    close: async () => {},
  };
}

/** Lets `workers` threads fill the ring ahead of what is asked for. */
export function createWorkerSupplier(plan: BatchPlan, ring: Ring, workers: number): BatchSupplier {
  const turns = ringTurns(ring);
  let failure: AppError | undefined;
  let closed = false;
  let wake = Promise.withResolvers<void>();
  const wakeAll = () => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const stopWith = (problem: string, cause?: unknown) => {
    failure ??= appError('batchWorkerFailed', { problem }, { cause });
    wakeAll();
  };

  const threads = Array.from({ length: workers }, (_, first) => {
    const workerData: BatchWorkerData = { plan, ring, first, stride: workers };
    const thread = new Worker(new URL(WORKER_FILE, import.meta.url), { workerData, name: 'batches' });
    thread.on('message', wakeAll);
    thread.on('error', (error) => stopWith(error instanceof Error ? error.message : String(error), error));
    thread.on('exit', (code) => {
      if (!closed) stopWith(`a batch thread ended with code ${code}.`);
    });
    return thread;
  });

  return {
    async ready(batch) {
      while (Atomics.load(turns, batch % ring.slotCount) !== filledWith(batch)) {
        if (failure) throw failure;
        await wake.promise;
      }
    },
    async close() {
      closed = true;
      failure ??= appError('cancelled');
      wakeAll();
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
