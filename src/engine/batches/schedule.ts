/** Which images a batch holds: fixed by rows, batch size and seed alone, so a run can be taken up at any epoch. */
import { createRandom, type Random } from '../../shared/random/random.ts';

/** First numbers of the stream paths, apart from those of other parts of the app ("ordr" and "augm" in ASCII). */
const ORDER_STREAM = 0x6f726472;
const AUGMENTATION_STREAM = 0x6175676d;

/** Batches in an epoch; the last one may be short. */
export function batchesPerEpoch(images: number, batchSize: number): number {
  return Math.ceil(images / batchSize);
}

/** `rows` in the order of `epoch` (from 0). */
export function epochOrder(rows: Uint32Array, seed: number, epoch: number): Uint32Array {
  return createRandom(seed, ORDER_STREAM, epoch).shuffle(new Uint32Array(rows));
}

/**
 * What varies the image at `place` in the order of `epoch`. One stream for each image: the result cannot depend on the batch size,
 * on how many threads there are, or on which of them comes first.
 */
export function augmentationRandom(seed: number, epoch: number, place: number): Random {
  return createRandom(seed, AUGMENTATION_STREAM, epoch, place);
}
