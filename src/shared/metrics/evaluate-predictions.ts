/** All figures of an evaluation from probabilities and true labels. */
import type { Evaluation } from '../domain/evaluation.ts';
import { classAuc } from './auc.ts';
import { expectedCalibrationError } from './calibration.ts';
import { classScores, confusionMatrix } from './confusion.ts';
import { meanCrossEntropy } from './cross-entropy.ts';
import { checkPredictions, predictedClasses, type Predictions } from './predictions.ts';

/** The part of an evaluation that depends on predictions alone. */
export type PredictionMetrics = Pick<
  Evaluation,
  'loss' | 'accuracy' | 'macro' | 'perClass' | 'confusion' | 'ece'
>;

/**
 * Loss, accuracy, precision, recall, F1, ROC AUC, confusion and calibration, by scikit-learn's definitions: macro
 * means are over all classes, also those without samples (whose scores are 0); the macro AUC is null as soon as one
 * class has none, where scikit-learn has no answer either.
 */
export function evaluatePredictions(predictions: Predictions): PredictionMetrics {
  checkPredictions(predictions);
  const { labels, classes } = predictions;
  const predicted = predictedClasses(predictions);
  const confusion = confusionMatrix(labels, predicted, classes.length);
  const scores = classScores(confusion);
  const aucs = classes.map((_, k) => classAuc(predictions, k));
  const hits = confusion.reduce((sum, row, k) => sum + (row[k] ?? 0), 0);
  return {
    loss: meanCrossEntropy(predictions),
    accuracy: hits / labels.length,
    macro: {
      precision: mean(scores.map(({ precision }) => precision)),
      recall: mean(scores.map(({ recall }) => recall)),
      f1: mean(scores.map(({ f1 }) => f1)),
      auc: aucs.every((auc) => auc !== null) ? mean(aucs) : null,
    },
    perClass: scores.map((score, k) => ({ label: classes[k] ?? '', ...score, auc: aucs[k] ?? null })),
    confusion,
    ece: expectedCalibrationError(predictions, predicted),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
