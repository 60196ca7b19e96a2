/** BMP: uncompressed pixels of 1 to 32 bits, with palette or bit masks, bottom-up or top-down. */
import { dataView, startsWith, UnsupportedPicture, type PictureFormat } from './picture-format.ts';

const SIGNATURE = [...Buffer.from('BM')];
const FILE_HEADER_BYTES = 14;
/** The oldest header (OS/2): 16-bit sizes and palette entries of three bytes. */
const CORE_HEADER_BYTES = 12;
/** The header of Windows 3, without bit masks. */
const INFO_HEADER_BYTES = 40;
const COMPRESSION = { none: 0, bitMasks: 3, bitMasksWithAlpha: 6 } as const;

interface BmpHeader {
  readonly view: DataView;
  readonly headerBytes: number;
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly pixelOffset: number;
  readonly bits: number;
  readonly compression: number;
}

/** A pixel's value as red, green and blue 0..255. */
type Colour = (value: number) => readonly [number, number, number];

export const bmpFormat: PictureFormat = {
  name: 'BMP',
  matches: (bytes) => startsWith(bytes, SIGNATURE),
  size: (bytes) => readHeader(bytes),
  decode(bytes) {
    const header = readHeader(bytes);
    const { width, height, bits } = header;
    const colourOf = header.bits <= 8 ? paletteColours(header) : maskedColours(header);
    const rowBytes = Math.ceil((width * bits) / 32) * 4;
    const rgba = new Uint8Array(width * height * 4).fill(255);
    for (let y = 0; y < height; y++) {
      const row = header.pixelOffset + (header.topDown ? y : height - 1 - y) * rowBytes;
      for (let x = 0; x < width; x++)
        rgba.set(colourOf(pixelValue(header, row, x * bits)), (y * width + x) * 4);
    }
    return { rgba, width, height };
  },
};

function readHeader(bytes: Uint8Array): BmpHeader {
  const view = dataView(bytes);
  const headerBytes = view.getUint32(FILE_HEADER_BYTES, true);
  const isCore = headerBytes === CORE_HEADER_BYTES;
  if (!isCore && headerBytes < INFO_HEADER_BYTES)
    throw new UnsupportedPicture(`its header has ${headerBytes} bytes`);
  const rawHeight = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const header: BmpHeader = {
    view,
    headerBytes,
    width: isCore ? view.getUint16(18, true) : view.getInt32(18, true),
    height: Math.abs(rawHeight),
    topDown: rawHeight < 0,
    pixelOffset: view.getUint32(10, true),
    bits: view.getUint16(isCore ? 24 : 28, true),
    compression: isCore ? COMPRESSION.none : view.getUint32(30, true),
  };
  if (![1, 4, 8, 16, 24, 32].includes(header.bits))
    throw new UnsupportedPicture(`it has ${header.bits} bits a pixel`);
  if (!Object.values<number>(COMPRESSION).includes(header.compression))
    throw new UnsupportedPicture(`its pixels are compressed (method ${header.compression})`);
  return header;
}

/** The value of the pixel `bitOffset` bits into the row that starts at `row`. */
function pixelValue({ view, bits }: BmpHeader, row: number, bitOffset: number): number {
  const at = row + (bitOffset >> 3);
  if (bits < 8) return (view.getUint8(at) >> (8 - bits - (bitOffset & 7))) & ((1 << bits) - 1);
  if (bits === 8) return view.getUint8(at);
  if (bits === 16) return view.getUint16(at, true);
  if (bits === 24) return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  return view.getUint32(at, true);
}

/** Colours from the palette behind the header: blue, green, red. */
function paletteColours({ view, headerBytes }: BmpHeader): Colour {
  const entryBytes = headerBytes === CORE_HEADER_BYTES ? 3 : 4;
  return (value) => {
    const entry = FILE_HEADER_BYTES + headerBytes + value * entryBytes;
    return [view.getUint8(entry + 2), view.getUint8(entry + 1), view.getUint8(entry)];
  };
}

/** Colours from bits of the value, which the file's masks, or the format's usual ones, pick out. */
function maskedColours({ view, bits, compression }: BmpHeader): Colour {
  const maskOffset = FILE_HEADER_BYTES + INFO_HEADER_BYTES;
  const usual = bits === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0x00ff00, 0x0000ff];
  const masks =
    compression === COMPRESSION.none ? usual : [0, 4, 8].map((i) => view.getUint32(maskOffset + i, true));
  const channel = (mask: number) => (value: number) =>
    mask === 0 ? 0 : Math.round((((value & mask) >>> 0) / mask) * 255);
  const [red, green, blue] = masks.map(channel);
  return (value) => [red?.(value) ?? 0, green?.(value) ?? 0, blue?.(value) ?? 0];
}
