/** GIF, through omggif: the first frame, on the transparent screen it belongs to. */
import { GifReader } from 'omggif';
import { dataView, startsWith, type PictureFormat } from './picture-format.ts';

const SIGNATURE = [...Buffer.from('GIF8')];
const WIDTH_OFFSET = 6;

export const gifFormat: PictureFormat = {
  name: 'GIF',
  matches: (bytes) => startsWith(bytes, SIGNATURE),
  size(bytes) {
    const view = dataView(bytes);
    return { width: view.getUint16(WIDTH_OFFSET, true), height: view.getUint16(WIDTH_OFFSET + 2, true) };
  },
  decode(bytes) {
    const reader = new GifReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (reader.numFrames() === 0) throw new Error('it holds no frame');
    const frame = reader.frameInfo(0);
    if (frame.x + frame.width > reader.width || frame.y + frame.height > reader.height)
      throw new Error('its first frame is larger than its screen');
    const rgba = new Uint8Array(reader.width * reader.height * 4);
    reader.decodeAndBlitFrameRGBA(0, rgba);
    return { rgba, width: reader.width, height: reader.height };
  },
};
