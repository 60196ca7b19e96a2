import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeScratch, readSamples, writePack } from '../../bench/lib/data.ts';
import { closePack, createPixelReader, openPack } from '../../src/engine/batches/pack.ts';

const samples = {
  pixels: Uint8Array.from({ length: 3 * 784 }, (_, i) => Math.floor(i / 784) + 1),
  labels: Uint8Array.of(7, 8, 9),
  source: 'three',
};

it('repeats the samples until the pack is full, as the engine reads it', async () => {
  const scratch = makeScratch();
  try {
    const data = writePack(samples, join(scratch.folder, 'pack'), 8);
    expect(readFileSync(data.path).length).toBe(8 * 786);
    const pack = await openPack(data);
    expect([...pack.labels]).toEqual([7, 8, 9, 7, 8, 9, 7, 8]);
    const read = createPixelReader(pack);
    expect([0, 1, 2, 3, 7].map((row) => read(row)[783])).toEqual([1, 2, 3, 1, 2]);
    closePack(pack);
  } finally {
    scratch.remove();
  }
});

it('names the file that a given folder lacks', () => {
  const scratch = makeScratch();
  try {
    expect(() => readSamples(scratch.folder)).toThrow('train-images-idx3-ubyte.gz');
  } finally {
    scratch.remove();
  }
});
