/**
 * The built-in dataset as one compact file, written by scripts/build-starter.ts. It is a gzip stream of
 *
 *     8 bytes          magic "DSSTART1"
 *     4 bytes          count, uint32 little-endian
 *     count bytes      labels, class index 0..9
 *     count bytes      splits, 0 = train, 1 = test
 *     count x 784      pixels, row-major 28x28, ink 255 on 0
 */
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DIGIT_CLASSES } from '../../shared/domain/dataset.ts';
import { IMAGE_PIXELS } from '../../shared/domain/image.ts';
import { fail } from '../../shared/errors.ts';

const MAGIC = 'DSSTART1';
const HEADER_BYTES = MAGIC.length + 4;

/** The value of a sample's entry in `splits`. */
export const STARTER_SPLITS = { train: 0, test: 1 } as const;

/** `count` samples: `pixels` is `[count, 784]` bytes (ink 255), `labels` 0..9, `splits` 0 = train or 1 = test. */
export interface StarterSamples {
  pixels: Uint8Array;
  labels: Uint8Array;
  splits: Uint8Array;
}

/** Reads the starter dataset; a missing or damaged file is an error that says how to make it again. */
export function readStarterFile(path: string): StarterSamples {
  let packed: Buffer;
  try {
    packed = readFileSync(path);
  } catch (cause) {
    return fail('starterMissing', { path }, { cause });
  }
  return decodeStarter(packed, path);
}

/** The samples in a starter file's bytes; `path` only names the file in errors. */
export function decodeStarter(packed: Uint8Array, path: string): StarterSamples {
  const damaged = (problem: string, cause?: unknown) => fail('starterDamaged', { path, problem }, { cause });
  let bytes: Buffer;
  try {
    bytes = gunzipSync(packed);
  } catch (cause) {
    return damaged('it cannot be decompressed', cause);
  }
  if (bytes.length < HEADER_BYTES || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC)
    return damaged('it does not begin with its mark');
  const count = bytes.readUInt32LE(MAGIC.length);
  if (bytes.length !== HEADER_BYTES + count * (2 + IMAGE_PIXELS))
    return damaged(`its length does not fit ${count} samples`);
  const labels = new Uint8Array(bytes.subarray(HEADER_BYTES, HEADER_BYTES + count));
  const splits = new Uint8Array(bytes.subarray(HEADER_BYTES + count, HEADER_BYTES + 2 * count));
  if (labels.some((label) => label >= DIGIT_CLASSES.length)) return damaged('a label is not 0 to 9');
  if (splits.some((split) => split > STARTER_SPLITS.test)) return damaged('a split is not 0 or 1');
  return { labels, splits, pixels: new Uint8Array(bytes.subarray(HEADER_BYTES + 2 * count)) };
}

/** The bytes of a starter file with these samples; the same samples always give the same bytes. */
export function encodeStarter({ pixels, labels, splits }: StarterSamples): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(labels.length, MAGIC.length);
  return gzipSync(Buffer.concat([header, labels, splits, pixels]), { level: 9 });
}
