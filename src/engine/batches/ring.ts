/** The shared memory through which batches pass from the threads that fill them to the one that trains on them. */
import { IMAGE_PIXELS } from '../../shared/domain/image.ts';

/** TensorFlow uses memory in place only if it begins at a multiple of this. */
const ALIGNMENT = 64;

/** Room for one batch; short batches use the first part of each array. */
export interface Slot {
  /** `[batchSize, 784]` */
  images: Uint8Array;
  /** `[batchSize]` class indices. */
  labels: Int32Array;
  /** `[batchSize]` rows of the pack. */
  rows: Uint32Array;
}

/** Batch number b, counted from the start of the run, passes through slot b mod slots. */
export interface Ring {
  memory: SharedArrayBuffer;
  slotCount: number;
  batchSize: number;
}

/** A ring for `slotCount` batches, whose slots wait for the first batches. */
export function createRing(slotCount: number, batchSize: number): Ring {
  const { turnBytes, slotBytes } = layout(slotCount, batchSize);
  const memory = new SharedArrayBuffer(turnBytes + slotCount * slotBytes);
  const ring = { memory, slotCount, batchSize };
  const turns = ringTurns(ring);
  for (let slot = 0; slot < slotCount; slot++) turns[slot] = emptyFor(slot);
  return ring;
}

/** Whose turn it is in each slot: `emptyFor(b)` or `filledWith(b)`. */
export function ringTurns({ memory, slotCount }: Ring): Int32Array {
  return new Int32Array(memory, 0, slotCount);
}

/** The slot may now be filled with batch number `batch`. */
export const emptyFor = (batch: number): number => 2 * batch;
/** The slot now holds batch number `batch`. */
export const filledWith = (batch: number): number => 2 * batch + 1;

/** The arrays of every slot. */
export function ringSlots({ memory, slotCount, batchSize }: Ring): Slot[] {
  const { turnBytes, slotBytes, imageBytes, numberBytes } = layout(slotCount, batchSize);
  return Array.from({ length: slotCount }, (_, slot) => {
    const start = turnBytes + slot * slotBytes;
    return {
      images: new Uint8Array(memory, start, batchSize * IMAGE_PIXELS),
      labels: new Int32Array(memory, start + imageBytes, batchSize),
      rows: new Uint32Array(memory, start + imageBytes + numberBytes, batchSize),
    };
  });
}

function layout(slotCount: number, batchSize: number) {
  const imageBytes = aligned(batchSize * IMAGE_PIXELS);
  const numberBytes = aligned(4 * batchSize);
  return {
    turnBytes: aligned(4 * slotCount),
    imageBytes,
    numberBytes,
    slotBytes: imageBytes + 2 * numberBytes,
  };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
