/** The frame every digit is fitted into, by MNIST's recipe. */
import { IMAGE_SIDE } from '../domain/image.ts';

/** Ink, pen width included, fits a square of this many pixels (LeCun et al. 1998, MNIST). */
export const DIGIT_SIDE = 20;

/** Free pixels on each side of a digit whose box is in the middle of the frame. */
export const FRAME_MARGIN = (IMAGE_SIDE - DIGIT_SIDE) / 2;

/**
 * Where the centre of mass goes, measured from the frame's left and top edge: the middle of pixel 14, as in MNIST,
 * whose 60,000 training images have their mean centre of mass at (14.51, 14.50) in these coordinates.
 */
export const FRAME_CENTRE = IMAGE_SIDE / 2 + 0.5;
