/** Applies transformations to images: the one augmenter that the preview and training share. */
import { isAffineIdentity } from './affine.ts';
import type { Augmentation } from './parameters.ts';
import { createThickener } from './thickness.ts';
import { addNoise, applyContrast, cutOut } from './tone.ts';
import type { Transformation } from './transformation.ts';
import { createWarp } from './warp.ts';

export interface Augmenter {
  /**
   * Writes the transformed `image` to `out`; both `[784]` bytes, and not the same memory. Nothing is allocated that
   * depends on the image, and a transformation that changes nothing copies it byte for byte.
   */
  apply(image: Uint8Array, transformation: Transformation, out: Uint8Array): void;
}

/** An augmenter with its own scratch memory: make one for each worker, not one for each image. */
export function createAugmenter(parameters: Augmentation): Augmenter {
  const { elasticAlpha, noise } = parameters;
  const fillValue = Math.round(parameters.fillValue);
  const thicken = createThickener();
  const warp = createWarp(parameters);

  return {
    apply(image, transformation, out) {
      const { thickness, contrast, cutoutX, cutoutY, cutoutSide } = transformation;
      if (thickness === 0) out.set(image);
      else thicken(image, thickness, out);
      if (elasticAlpha > 0 || !isAffineIdentity(transformation)) warp(out, transformation, out);
      if (contrast !== 1) applyContrast(out, contrast);
      if (noise > 0) addNoise(out, noise, transformation.noiseSeed);
      if (cutoutSide > 0) cutOut(out, { centreX: cutoutX, centreY: cutoutY, side: cutoutSide }, fillValue);
    },
  };
}
