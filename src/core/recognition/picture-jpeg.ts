/** JPEG, through jpeg-js: baseline and progressive, turned the way the camera was held. */
import { decode } from 'jpeg-js';
import { readJpegHeader } from './jpeg-header.ts';
import { orientPicture } from './orientation.ts';
import { startsWith, type PictureFormat } from './picture-format.ts';

/** Enough for the largest picture that is let through, about 24 bytes a pixel. */
const DECODER_MEMORY_MB = 1536;
/** The size is checked from the header before decoding; this only lifts the decoder's own, lower limit. */
const DECODER_MEGAPIXELS = 1000;

export const jpegFormat: PictureFormat = {
  name: 'JPEG',
  matches: (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff]),
  size: (bytes) => readJpegHeader(bytes),
  decode(bytes) {
    const { data, width, height } = decode(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      tolerantDecoding: false,
      maxResolutionInMP: DECODER_MEGAPIXELS,
      maxMemoryUsageInMB: DECODER_MEMORY_MB,
    });
    return orientPicture({ rgba: data, width, height }, readJpegHeader(bytes).orientation);
  },
};
