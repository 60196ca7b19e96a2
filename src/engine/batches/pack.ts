/** A data pack opened once and shared by all threads that make batches from it. */
import { closeSync, openSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { IMAGE_PIXELS } from '../../shared/domain/image.ts';
import type { DataPack } from '../../shared/engine-contract.ts';
import { fail } from '../../shared/errors.ts';

/** Images up to this many bytes (two million images) are held in memory; above it they are read from the file as needed. */
export const MEMORY_LIMIT = 1.5 * 2 ** 30;
const READ_BYTES = 2 ** 24;
const LABEL_BYTES = 2;

/** What threads share: plain data and shared memory. Labels are always in memory. */
export interface SharedPack {
  count: number;
  /** `[count]` class indices. */
  labels: Uint16Array;
  /** `[count, 784]` bytes in memory, or the descriptor of the file that they stay in; any thread may read from it. */
  images: { pixels: Uint8Array } | { descriptor: number };
}

/** Opens and checks `pack`; with more than `memoryLimit` bytes of images these stay in the file. */
export async function openPack(pack: DataPack, memoryLimit = MEMORY_LIMIT): Promise<SharedPack> {
  const { path, count, classes } = pack;
  const imageBytes = count * IMAGE_PIXELS;
  const file = await open(path).catch((cause: Error) =>
    fail('dataPackDamaged', { problem: cause.message }, { cause }),
  );
  try {
    await checkSize(file, imageBytes + count * LABEL_BYTES);
    const labels = toLabels(await readShared(file, imageBytes, count * LABEL_BYTES));
    const wrong = labels.findIndex((label) => label >= classes);
    if (wrong >= 0)
      fail('dataPackDamaged', {
        problem: `image ${wrong} has class ${labels[wrong]} of ${classes} classes.`,
      });
    const images =
      imageBytes <= memoryLimit
        ? { pixels: await readShared(file, 0, imageBytes) }
        : { descriptor: openSync(path, 'r') };
    return { count, labels, images };
  } finally {
    await file.close();
  }
}

async function checkSize(file: FileHandle, expected: number): Promise<void> {
  const { size } = await file.stat();
  if (size !== expected)
    fail('dataPackDamaged', { problem: `the file has ${size} bytes instead of ${expected}.` });
}

/** Part of the file in shared memory, read piece by piece so that the event loop is never held for long. */
async function readShared(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(new SharedArrayBuffer(length));
  let done = 0;
  while (done < length) {
    const piece = bytes.subarray(done, Math.min(done + READ_BYTES, length));
    const { bytesRead } = await file.read(piece, 0, piece.length, position + done);
    if (bytesRead === 0) fail('dataPackDamaged', { problem: 'the file ended while it was read.' });
    done += bytesRead;
  }
  return bytes;
}

/** Little-endian pairs of bytes as numbers, on any machine. */
function toLabels(bytes: Uint8Array): Uint16Array {
  const labels = new Uint16Array(new SharedArrayBuffer(bytes.length));
  for (let i = 0; i < labels.length; i++) labels[i] = bytes[2 * i]! | (bytes[2 * i + 1]! << 8);
  return labels;
}

/** Frees what `openPack` opened; only when no thread reads from it any more. */
export function closePack({ images }: SharedPack): void {
  if ('descriptor' in images) closeSync(images.descriptor);
}

/** A function that gives image `row`, `[784]` bytes, valid until the next call; for use by one thread. */
export function createPixelReader({ images }: SharedPack): (row: number) => Uint8Array {
  if ('pixels' in images)
    return (row) => images.pixels.subarray(row * IMAGE_PIXELS, (row + 1) * IMAGE_PIXELS);
  const image = new Uint8Array(IMAGE_PIXELS);
  return (row) => {
    const bytesRead = readSync(images.descriptor, image, 0, IMAGE_PIXELS, row * IMAGE_PIXELS);
    if (bytesRead !== IMAGE_PIXELS) fail('dataPackDamaged', { problem: `image ${row} could not be read.` });
    return image;
  };
}
