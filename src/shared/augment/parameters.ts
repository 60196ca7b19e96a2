/** How training images are varied: ranges that the augmenter samples from, image by image. Zero or false everywhere is the identity. */
import { z } from 'zod';

const strength = (max: number) => z.number().min(0).max(max).default(0);

export const augmentationSchema = z.object({
  /** Degrees, drawn from -rotation..+rotation. */
  rotation: strength(180),
  /** Part of the side (0..0.5) by which the image moves, horizontally and vertically, drawn from -shift..+shift. */
  shift: strength(0.5),
  /** Degrees of horizontal and vertical shear, drawn from -shear..+shear. */
  shear: strength(60),
  /** Relative size, drawn from 1-zoom..1+zoom, separately for width and height when `zoomAspect` > 0. */
  zoom: strength(0.9),
  /** How much width and height may differ in zoom, 0..0.5. */
  zoomAspect: strength(0.5),
  flipHorizontal: z.boolean().default(false),
  flipVertical: z.boolean().default(false),
  /** Elastic deformation (Simard, Steinkraus & Platt 2003): amplitude of the displacement in pixels; 0 is off. */
  elasticAlpha: strength(20),
  /** Smoothness of the elastic displacement field, in pixels. */
  elasticSigma: z.number().min(1).max(14).default(4),
  /** Stroke thickness: grey erosion (negative) or dilation (positive) by up to this many pixels. */
  thickness: strength(3),
  /** Relative contrast, drawn from 1-contrast..1+contrast. */
  contrast: strength(0.9),
  /** Standard deviation of additive Gaussian noise, in grey levels 0..255. */
  noise: strength(128),
  /** Largest side, in pixels, of one square that is blanked out. */
  cutout: strength(20),
  /** What lies outside the image, as in Keras's RandomRotation. */
  fillMode: z.enum(['constant', 'nearest', 'reflect', 'wrap']).default('constant'),
  /** Grey level used by `constant`. */
  fillValue: z.number().min(0).max(255).default(0),
});
export type Augmentation = z.infer<typeof augmentationSchema>;
export type AugmentationInput = z.input<typeof augmentationSchema>;

export const AUGMENTATION_PRESETS = ['none', 'gentle', 'standard', 'strong'] as const;
export type AugmentationPreset = (typeof AUGMENTATION_PRESETS)[number];
