/** How training images are varied: ranges that the augmenter samples from, image by image. Zero or false everywhere is the identity. */
import { z } from 'zod';

const strength = (max: number) => z.number().min(0).max(max).default(0);

export const augmentationSchema = z.object({
  /** Degrees, drawn from -rotation..+rotation. */
  rotation: strength(180),
  /** Part of the side (0..0.5) by which the image moves, horizontally and vertically, drawn from -shift..+shift. */
  shift: strength(0.5),
  /** Degrees of horizontal and of vertical shear, each drawn from -shear..+shear. */
  shear: strength(60),
  /** Relative size, drawn from 1-zoom..1+zoom. */
  zoom: strength(0.9),
  /** Width : height changes by a factor drawn from 1-zoomAspect..1+zoomAspect; the area stays. */
  zoomAspect: strength(0.5),
  flipHorizontal: z.boolean().default(false),
  flipVertical: z.boolean().default(false),
  /**
   * Elastic deformation (Simard, Steinkraus & Platt 2003): no pixel moves further than this, in pixels, along either axis;
   * typically it moves by 0.28 of it. Simard's alpha 34 at sigma 4 is 5 here. 0 is off.
   */
  elasticAlpha: strength(20),
  /** Standard deviation of the Gaussian that smooths the elastic displacement field, in pixels. */
  elasticSigma: z.number().min(1).max(14).default(4),
  /** Stroke thickness: grey erosion or dilation by up to this many pixels on each side of a stroke. */
  thickness: strength(3),
  /** Ink against empty paper (0): grey levels are multiplied by a factor drawn from 1-contrast..1+contrast. */
  contrast: strength(0.9),
  /** Standard deviation of additive Gaussian noise, in grey levels 0..255. */
  noise: strength(128),
  /** Largest side, in pixels, of one square that is blanked to `fillValue` (DeVries & Taylor 2017). */
  cutout: strength(20),
  /**
   * What lies outside the image a b c d, as in Keras: k k a b c d k k, a a a b c d d d, b a a b c d d c, c d a b c d a b.
   * In scipy.ndimage the first and last are called `grid-constant` and `grid-wrap`.
   */
  fillMode: z.enum(['constant', 'nearest', 'reflect', 'wrap']).default('constant'),
  /** Grey level used by `constant` and `cutout`. */
  fillValue: z.number().min(0).max(255).default(0),
});
export type Augmentation = z.infer<typeof augmentationSchema>;
export type AugmentationInput = z.input<typeof augmentationSchema>;

export const AUGMENTATION_PRESETS = ['none', 'gentle', 'standard', 'strong'] as const;
export type AugmentationPreset = (typeof AUGMENTATION_PRESETS)[number];
