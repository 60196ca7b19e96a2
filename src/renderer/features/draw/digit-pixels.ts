import { IMAGE_SIDE, type DigitImage } from '../../../shared/domain/image.ts';

/** Paints `image` one canvas pixel for each of its pixels, ink white on black: as the network gets it. */
export function paintDigit(canvas: HTMLCanvasElement, image: DigitImage): void {
  canvas.width = IMAGE_SIDE;
  canvas.height = IMAGE_SIDE;
  canvas.getContext('2d')?.putImageData(new ImageData(toRgba(image), IMAGE_SIDE, IMAGE_SIDE), 0, 0);
}

/** `[784 x 4]` bytes, opaque grey. */
export function toRgba(image: DigitImage): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(image.length * 4);
  image.forEach((value, index) => rgba.set([value, value, value, 255], index * 4));
  return rgba;
}
