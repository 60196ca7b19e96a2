/** Trained models: a folder in the tfjs LayersModel format plus a card, registered in the store. */
import { z } from 'zod';
import { nameSchema } from './names.ts';

/** The bundled model: what reads the pad until the user trains or chooses another. */
export const DEFAULT_MODEL = 'default';

/** What the app knows of a model beside its weights; `card.json` in the model's folder. */
export const modelCardSchema = z.object({
  name: nameSchema,
  classes: z.array(z.string()),
  recipe: z.string().nullable(),
  createdAt: z.number(),
  /** Weights, trainable or not. */
  parameters: z.int(),
  seed: z.int().nullable(),
  run: z.string().nullable(),
  parent: z.string().nullable(),
  /** What it was trained on: dataset name and the SHA-256 of pixels and labels. */
  data: z.object({ dataset: z.string(), fingerprint: z.string() }).nullable(),
  /** Named figures, 0..1 for accuracies, such as `valAccuracy` or `mnistTestAccuracy`. */
  metrics: z.record(z.string(), z.number()),
  /** Settings it was trained with, for the record. */
  settings: z.record(z.string(), z.unknown()),
});
export type ModelCard = z.infer<typeof modelCardSchema>;

export const modelSummarySchema = modelCardSchema
  .pick({ name: true, classes: true, recipe: true, createdAt: true, parameters: true, metrics: true })
  .extend({
    builtIn: z.boolean(),
    bytes: z.int(),
  });
export type ModelSummary = z.infer<typeof modelSummarySchema>;

export const modelDetailSchema = modelCardSchema.extend({
  builtIn: z.boolean(),
  bytes: z.int(),
  /** SHA-256 of model.json and weights.bin, hexadecimal. */
  checksum: z.string(),
  network: z.unknown(),
});
export type ModelDetail = z.infer<typeof modelDetailSchema>;
