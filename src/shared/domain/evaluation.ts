/** What evaluating a model on a dataset's split gives; the JSON of `evaluate --json`. */
import { z } from 'zod';
import { nameSchema } from './names.ts';
import { splitSchema } from './dataset.ts';

export const evaluateInputSchema = z.object({
  model: nameSchema,
  dataset: nameSchema,
  split: splitSchema.default('test'),
});

const perClassSchema = z.object({
  label: z.string(),
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  support: z.int(),
  /** One against the rest; null where a class has no positives or no negatives. */
  auc: z.number().nullable(),
});

export const evaluationSchema = z.object({
  model: z.string(),
  dataset: z.string(),
  split: splitSchema,
  count: z.int(),
  loss: z.number(),
  accuracy: z.number(),
  macro: z.object({ precision: z.number(), recall: z.number(), f1: z.number(), auc: z.number().nullable() }),
  perClass: z.array(perClassSchema),
  /** `confusion[true][predicted]`: counts. */
  confusion: z.array(z.array(z.int())),
  /** Expected calibration error over 15 equal-width bins (Guo et al. 2017). */
  ece: z.number(),
  seconds: z.number(),
  imagesPerSecond: z.number(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;
