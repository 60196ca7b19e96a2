/** One image's variation as plain numbers: drawn here, applied by the augmenter, shown by the preview. */
import type { Random } from '../random/random.ts';
import { IMAGE_SIDE } from '../domain/image.ts';
import type { Augmentation } from './parameters.ts';

/** What is done to one image, in the order of the fields. */
export interface Transformation {
  /** Pixels that strokes grow (> 0) or shrink (< 0) on each side. */
  thickness: number;
  flipHorizontal: boolean;
  flipVertical: boolean;
  /** Factors of width and height. */
  zoomX: number;
  zoomY: number;
  /** Degrees by which vertical lines lean to the right at their foot, and horizontal ones sink to the right. */
  shearX: number;
  shearY: number;
  /** Degrees, clockwise as seen (y points down). */
  rotation: number;
  /** Pixels to the right and down. */
  shiftX: number;
  shiftY: number;
  /** Decides the elastic displacement field. */
  elasticSeed: number;
  /** Factor of every grey level. */
  contrast: number;
  /** Decides the noise. */
  noiseSeed: number;
  /** Centre pixel and side of the blanked square; side 0 blanks nothing. */
  cutoutX: number;
  cutoutY: number;
  cutoutSide: number;
}

/**
 * Draws one transformation. It takes the same draws whatever is switched on, so that changing one parameter leaves all
 * others' numbers as they were: the preview moves only in what its slider names.
 */
export function sampleAugmentation(parameters: Augmentation, random: Random): Transformation {
  // The sum turns -0 into 0.
  const around = (range: number) => (2 * random.next() - 1) * range + 0;
  const zoom = 1 + around(parameters.zoom);
  const aspect = Math.sqrt(1 + around(parameters.zoomAspect));
  return {
    thickness: around(parameters.thickness),
    zoomX: zoom * aspect,
    zoomY: zoom / aspect,
    flipHorizontal: random.next() < 0.5 && parameters.flipHorizontal,
    flipVertical: random.next() < 0.5 && parameters.flipVertical,
    shearX: around(parameters.shear),
    shearY: around(parameters.shear),
    rotation: around(parameters.rotation),
    shiftX: around(parameters.shift) * IMAGE_SIDE,
    shiftY: around(parameters.shift) * IMAGE_SIDE,
    elasticSeed: random.uint32(),
    contrast: 1 + around(parameters.contrast),
    noiseSeed: random.uint32(),
    cutoutX: Math.floor(random.next() * IMAGE_SIDE),
    cutoutY: Math.floor(random.next() * IMAGE_SIDE),
    cutoutSide: Math.floor(random.next() * (Math.floor(parameters.cutout) + 1)),
  };
}
