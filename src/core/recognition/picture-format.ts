/** What a picture format must be able to do; each format is one file and one line in pictures.ts. */

/** Pixels, row-major, four bytes each: red, green, blue, opacity. */
export interface ColourPicture {
  readonly rgba: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface PictureFormat {
  /** As messages name it. */
  readonly name: string;
  /** Whether the content, not the file name, says it is this format. */
  readonly matches: (bytes: Uint8Array) => boolean;
  /** Width and height from the header alone; throws when the header is incomplete. */
  readonly size: (bytes: Uint8Array) => PictureSize;
  /** Decodes all of it, or throws. */
  readonly decode: (bytes: Uint8Array) => ColourPicture;
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Thrown by a format for a file that is sound but of a kind it does not read. */
export class UnsupportedPicture extends Error {
  override readonly name = 'UnsupportedPicture';
}

/** Whether `bytes` start with `signature`. */
export function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/** A view for reading numbers; reading past the end throws a RangeError. */
export function dataView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
