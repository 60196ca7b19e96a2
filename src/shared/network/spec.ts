/** A network as data: an ordered list of layers that anyone can read, edit, save and send. */
import { z } from 'zod';

/**
 * One layer. `type` is a name of the layer catalog; the other fields are that layer's own, by their Keras names in camelCase.
 * A layer reads the one before it unless `inputs` names others (`add` needs two); `input` is the network's input.
 */
export const layerSpecSchema = z.looseObject({
  type: z.string(),
  name: z.string().optional(),
  inputs: z.array(z.string()).optional(),
});
export type LayerSpec = z.infer<typeof layerSpecSchema>;

/** Shape only; `resolveNetwork` checks every layer against the catalog. */
export const networkSpecSchema = z.object({
  /** Shape of one input without the batch: `[28, 28, 1]`; values 0..255, ink 255. */
  inputShape: z.array(z.int().positive()).min(1).max(4).default([28, 28, 1]),
  layers: z.array(layerSpecSchema).min(1).max(500),
});
export type NetworkSpec = z.infer<typeof networkSpecSchema>;
