/**
 * Plain data with typed arrays as one binary message, for links that only carry bytes:
 *
 *     0   4 bytes  "DST1"
 *     4   uint32   length of the JSON text in bytes
 *     8   JSON text in UTF-8, then zeros up to a multiple of 8
 *     …   the bytes of each typed array in the order the text names them, each padded to a multiple of 8
 *
 * In the text, what JSON cannot say is an object with the one key `$` (see codec-values.ts). Arrays are named by type and
 * length only: they follow each other without gaps or overlaps, so a message cannot make more memory than it has bytes.
 * Numbers are little-endian, which every platform of this app is.
 */
import { appError } from '../errors.ts';
import { createPacker, createUnpacker, padded } from './codec-values.ts';

/** No message may be larger, in bytes. 64 MiB holds the largest checkpoint and 80,000 images. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

const MAGIC = 0x31545344;
const HEADER_BYTES = 8;

/** Encodes plain data and typed arrays. Throws `badMessage` for anything else and for a message over the limit. */
export function encodeMessage(value: unknown, maxBytes = MAX_MESSAGE_BYTES): Uint8Array<ArrayBuffer> {
  const packer = createPacker();
  const text = new TextEncoder().encode(JSON.stringify(packer.pack(value)));
  const start = padded(HEADER_BYTES + text.length);
  const total = packer.arrays.reduce((sum, array) => sum + padded(array.byteLength), start);
  checkSize(total, maxBytes);
  const message = new Uint8Array(total);
  const header = new DataView(message.buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, text.length, true);
  message.set(text, HEADER_BYTES);
  let offset = start;
  for (const { buffer, byteOffset, byteLength } of packer.arrays) {
    message.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += padded(byteLength);
  }
  return message;
}

/** Decodes a message; each typed array gets memory of its own. Throws `badMessage` for anything not made by `encodeMessage`. */
export function decodeMessage(message: Uint8Array, maxBytes = MAX_MESSAGE_BYTES): unknown {
  checkSize(message.length, maxBytes);
  const header = new DataView(message.buffer, message.byteOffset, message.byteLength);
  if (message.length < HEADER_BYTES || header.getUint32(0, true) !== MAGIC) refuse('it has no known header');
  const textEnd = HEADER_BYTES + header.getUint32(4, true);
  if (textEnd > message.length) refuse('it ends inside its text');
  const tree = parse(message.subarray(HEADER_BYTES, textEnd));
  const unpacker = createUnpacker(message.subarray(Math.min(padded(textEnd), message.length)));
  const value = unpacker.unpack(tree);
  if (unpacker.left() !== 0) refuse(`${unpacker.left()} bytes are left over`);
  return value;
}

function parse(text: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch (error) {
    throw appError('badMessage', { problem: 'its text is not JSON' }, { cause: error });
  }
}

function checkSize(bytes: number, maxBytes: number): void {
  if (bytes > maxBytes) refuse(`it has ${bytes} bytes, more than the ${maxBytes} allowed`);
}

function refuse(problem: string): never {
  throw appError('badMessage', { problem });
}
