/** The named strengths of augmentation that the UI and the command line offer. */
import { augmentationSchema, type Augmentation, type AugmentationPreset } from './parameters.ts';

/**
 * `standard` follows what is known to work for MNIST and carries over to drawn digits: affine
 * jitter of the size people produce (Cireşan et al. 2011 use up to 15° and 15 %), a light elastic deformation, and half
 * a pixel of pen width, because pens differ more between devices than between the writers of MNIST.
 */
const presets: Readonly<Record<AugmentationPreset, Augmentation>> = {
  none: augmentationSchema.parse({}),
  gentle: augmentationSchema.parse({ rotation: 7, shift: 0.05, shear: 5, zoom: 0.06 }),
  standard: augmentationSchema.parse({
    rotation: 12,
    shift: 0.08,
    shear: 10,
    zoom: 0.12,
    zoomAspect: 0.1,
    elasticAlpha: 2,
    thickness: 0.5,
  }),
  strong: augmentationSchema.parse({
    rotation: 20,
    shift: 0.12,
    shear: 15,
    zoom: 0.2,
    zoomAspect: 0.2,
    elasticAlpha: 4,
    thickness: 1,
    contrast: 0.3,
    noise: 8,
    cutout: 8,
  }),
};

/** All parameters of the preset `name`. */
export function augmentationPreset(name: AugmentationPreset): Augmentation {
  return presets[name];
}
