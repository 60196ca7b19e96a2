import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeStarter, encodeStarter, readStarterFile } from '../../../src/core/datasets/starter-file.ts';

/** A file written out by hand: two samples, a 3 to train on and a 9 to test on. */
function twoSamples(): Buffer {
  const bytes = Buffer.alloc(8 + 4 + 2 + 2 + 2 * 784);
  bytes.write('DSSTART1', 'latin1');
  bytes[8] = 2;
  bytes[12] = 3;
  bytes[13] = 9;
  bytes[15] = 1;
  bytes[16] = 255;
  bytes[16 + 784 + 5] = 17;
  return bytes;
}

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'starter-file-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('starter file', () => {
  it('reads the documented layout', () => {
    const path = join(folder, 'starter.bin.gz');
    writeFileSync(path, gzipSync(twoSamples()));
    const { labels, splits, pixels } = readStarterFile(path);
    expect([...labels]).toEqual([3, 9]);
    expect([...splits]).toEqual([0, 1]);
    expect(pixels.length).toBe(2 * 784);
    expect([pixels[0], pixels[1], pixels[784 + 5]]).toEqual([255, 0, 17]);
  });

  it('writes the documented layout', () => {
    const pixels = new Uint8Array(2 * 784);
    pixels[0] = 255;
    pixels[784 + 5] = 17;
    const packed = encodeStarter({ pixels, labels: Uint8Array.of(3, 9), splits: Uint8Array.of(0, 1) });
    expect(gunzipSync(packed).equals(twoSamples())).toBe(true);
  });

  it('gives back what was written', () => {
    const sample = fc.record({
      label: fc.integer({ min: 0, max: 9 }),
      split: fc.integer({ min: 0, max: 1 }),
      pixels: fc.uint8Array({ minLength: 784, maxLength: 784 }),
    });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 4 }), (samples) => {
        const written = {
          labels: Uint8Array.from(samples, ({ label }) => label),
          splits: Uint8Array.from(samples, ({ split }) => split),
          pixels: Uint8Array.from(samples.flatMap(({ pixels }) => [...pixels])),
        };
        expect(decodeStarter(encodeStarter(written), 'x')).toEqual(written);
      }),
      { numRuns: 30 },
    );
  });

  it('says that a missing file is missing, and how to make it', () => {
    expect(() => readStarterFile(join(folder, 'none'))).toThrow(/none.*npm run setup/);
  });

  it.each([
    ['not gzip at all', () => Buffer.from('hello'), /cannot be decompressed/],
    ['cut off', () => gzipSync(twoSamples()).subarray(0, 30), /cannot be decompressed/],
    ['another kind of file', () => gzipSync(Buffer.alloc(100)), /mark/],
    ['empty inside', () => gzipSync(Buffer.alloc(0)), /mark/],
    ['too short for its count', () => gzipSync(twoSamples().subarray(0, 1000)), /length does not fit 2/],
    ['a label of 10', () => gzipSync(twoSamples().fill(10, 12, 13)), /label/],
    ['a split of 2', () => gzipSync(twoSamples().fill(2, 14, 15)), /split/],
  ])('refuses a file that is %s', (_name, make, message) => {
    expect(() => decodeStarter(make(), 'starter.bin.gz')).toThrow(message);
  });
});
