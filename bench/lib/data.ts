/** The images that everything is measured on: MNIST where it is, else the starter data, as a pack that all contenders read. */
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readStarterFile } from '../../src/core/datasets/starter-file.ts';
import type { DataPack } from '../../src/shared/engine-contract.ts';
import { DIGIT_CLASSES } from '../../src/shared/domain/dataset.ts';
import { IMAGE_PIXELS } from '../../src/shared/domain/image.ts';
import { fail } from '../../src/shared/errors.ts';

const ROOT = join(import.meta.dirname, '../..');
const DEFAULT_MNIST = resolve(ROOT, '../shared/data/mnist');
/** IDX headers: magic number, count and (for images) height and width, four bytes each. */
const IMAGES_HEADER = 16;
const LABELS_HEADER = 8;

/** `pixels` is `[count, 784]` bytes, ink 255; `labels` 0..9. */
export interface Samples {
  pixels: Uint8Array;
  labels: Uint8Array;
  /** What they are, for the report. */
  source: string;
}

/** MNIST's training images from `folder`, or from the usual place; where that is absent, the starter data. */
export function readSamples(folder?: string): Samples {
  const images = join(folder ?? DEFAULT_MNIST, 'train-images-idx3-ubyte.gz');
  if (existsSync(images)) return readMnist(folder ?? DEFAULT_MNIST);
  if (folder !== undefined) fail('fileNotFound', { file: images });
  const starter = readStarterFile(join(ROOT, 'resources/starter.bin.gz'));
  return { ...starter, source: `the starter data (MNIST is not there): ${starter.labels.length} digits` };
}

function readMnist(folder: string): Samples {
  const unpack = (name: string, header: number) =>
    new Uint8Array(gunzipSync(readFileSync(join(folder, name))).subarray(header));
  const pixels = unpack('train-images-idx3-ubyte.gz', IMAGES_HEADER);
  const labels = unpack('train-labels-idx1-ubyte.gz', LABELS_HEADER);
  return { pixels, labels, source: `MNIST, ${labels.length} training images` };
}

/** A folder for this run's files, removed by `remove`. */
export function makeScratch(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'digit-studio-bench-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Writes `count` images to `path`, starting over when the samples run out. */
export function writePack({ pixels, labels }: Samples, path: string, count = labels.length): DataPack {
  const file = openSync(path, 'w');
  try {
    for (let done = 0; done < count; done += labels.length)
      writeAll(file, pixels.subarray(0, Math.min(labels.length, count - done) * IMAGE_PIXELS));
    writeAll(file, littleEndian(Uint16Array.from({ length: count }, (_, i) => labels[i % labels.length]!)));
  } finally {
    closeSync(file);
  }
  return { path, count, classes: DIGIT_CLASSES.length };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

function littleEndian(values: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 2);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setUint16(2 * i, value, true));
  return bytes;
}
