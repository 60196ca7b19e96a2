/** A thread that fills every n-th batch of a ring, as far ahead as there is room. It ends by being terminated. */
import { parentPort, workerData } from 'node:worker_threads';
import { createFiller, type BatchPlan } from './filler.ts';
import { emptyFor, filledWith, ringSlots, ringTurns, type Ring } from './ring.ts';

/** What a worker is started with; it makes the batches first, first + stride, first + 2 stride … */
export interface BatchWorkerData {
  plan: BatchPlan;
  ring: Ring;
  first: number;
  stride: number;
}

const { plan, ring, first, stride } = workerData as BatchWorkerData;
const turns = ringTurns(ring);
const slots = ringSlots(ring);
const fill = createFiller(plan);

for (let batch = first; ; batch += stride) {
  const slot = batch % ring.slotCount;
  // Nothing else runs in this thread, so it may sleep until the training thread has released the slot.
  for (let turn = Atomics.load(turns, slot); turn !== emptyFor(batch); turn = Atomics.load(turns, slot))
    Atomics.wait(turns, slot, turn);
  fill(batch, slots[slot]!);
  Atomics.store(turns, slot, filledWith(batch));
  parentPort?.postMessage(batch);
}
