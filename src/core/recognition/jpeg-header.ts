/** Reads size and orientation of a JPEG file from its segments, without decoding it. */
import { dataView, startsWith, type PictureSize } from './picture-format.ts';

export interface JpegHeader extends PictureSize {
  /** 1..8 as in EXIF; 1 is upright. */
  readonly orientation: number;
}

const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const EXIF_SIGNATURE = [...Buffer.from('Exif\0\0')];
const ORIENTATION_TAG = 0x0112;

/** Start-of-frame markers are C0 to CF, apart from tables (C4), a reserved one (C8) and arithmetic coding (CC). */
const isStartOfFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Throws when the file ends, or its pixels begin, before a frame header. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const view = dataView(bytes);
  let orientation = 1;
  let offset = 2;
  for (;;) {
    while (view.getUint8(offset + 1) === 0xff) offset++;
    const marker = view.getUint8(offset + 1);
    const length = view.getUint16(offset + 2);
    const segment = bytes.subarray(offset + 4, offset + 2 + length);
    if (isStartOfFrame(marker)) {
      const frame = dataView(segment);
      return { height: frame.getUint16(1), width: frame.getUint16(3), orientation };
    }
    if (view.getUint8(offset) !== 0xff || marker === START_OF_SCAN) throw new Error('it has no frame header');
    if (marker === APP1 && startsWith(segment, EXIF_SIGNATURE))
      orientation = exifOrientation(segment.subarray(EXIF_SIGNATURE.length));
    offset += 2 + length;
  }
}

/** The orientation in an EXIF block (a TIFF directory), or 1 where it is missing or unreadable: it is only advice. */
function exifOrientation(tiff: Uint8Array): number {
  const view = dataView(tiff);
  try {
    const littleEndian = view.getUint16(0) === 0x4949;
    const directory = view.getUint32(4, littleEndian);
    const entries = view.getUint16(directory, littleEndian);
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + i * 12;
      if (view.getUint16(entry, littleEndian) !== ORIENTATION_TAG) continue;
      const value = view.getUint16(entry + 8, littleEndian);
      return value >= 1 && value <= 8 ? value : 1;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}
