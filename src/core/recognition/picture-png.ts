/** PNG, through pngjs: every colour type and depth, interlaced or not, checksums verified. */
import { PNG } from 'pngjs';
import { dataView, startsWith, type PictureFormat } from './picture-format.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Signature, then length and type of the IHDR chunk. */
const WIDTH_OFFSET = 16;

export const pngFormat: PictureFormat = {
  name: 'PNG',
  matches: (bytes) => startsWith(bytes, SIGNATURE),
  size(bytes) {
    const view = dataView(bytes);
    return { width: view.getUint32(WIDTH_OFFSET), height: view.getUint32(WIDTH_OFFSET + 4) };
  },
  decode(bytes) {
    const { data, width, height } = PNG.sync.read(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    );
    return { rgba: data, width, height };
  },
};
