/** Whether a network is right as often as it says. */
import type { Predictions } from './predictions.ts';

/** The usual number of bins (Guo et al. 2017, "On Calibration of Modern Neural Networks"). */
export const CALIBRATION_BINS = 15;

/**
 * Expected calibration error, 0..1: over equal-width bins (lower, upper] of the winning probability, the mean gap
 * between accuracy and mean confidence, weighted by the samples in the bin (Guo et al. 2017, equation 3).
 */
export function expectedCalibrationError(predictions: Predictions, predicted: ArrayLike<number>): number {
  const { probabilities, labels, classes } = predictions;
  // Sum over a bin's samples of (correct - confidence); the bin's weight and its means cancel to this.
  const gaps = new Float64Array(CALIBRATION_BINS);
  labels.forEach((label, sample) => {
    const winner = predicted[sample] ?? 0;
    const confidence = probabilities[sample * classes.length + winner] ?? 0;
    const bin = Math.min(CALIBRATION_BINS - 1, Math.max(0, Math.ceil(confidence * CALIBRATION_BINS) - 1));
    gaps[bin] = (gaps[bin] ?? 0) + (winner === label ? 1 : 0) - confidence;
  });
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / labels.length;
}
