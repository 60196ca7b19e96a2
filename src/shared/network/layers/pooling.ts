import { z } from 'zod';
import type { Shape } from '../ops.ts';
import { defineLayer, imageInput, paddingSchema, pairSchema, sizeOf, slide } from '../layer.ts';

/** Keras: strides default to the pool size. */
const schema = z
  .object({
    poolSize: pairSchema.default([2, 2]),
    strides: pairSchema.optional(),
    padding: paddingSchema.default('valid'),
  })
  .transform((config) => ({ ...config, strides: config.strides ?? config.poolSize }));
type Config = z.output<typeof schema>;

function outputShape(config: Config, inputs: readonly Shape[]): Shape {
  const [height, width, channels] = imageInput(inputs);
  return [
    ...slide([height, width], { window: config.poolSize, strides: config.strides, padding: config.padding }),
    channels,
  ];
}
const flops = (config: Config, _inputs: readonly Shape[], output: Shape) =>
  sizeOf(output) * config.poolSize[0] * config.poolSize[1];

/** Largest value of each window. */
export const maxPooling2d = defineLayer({
  type: 'maxPooling2d',
  className: 'MaxPooling2D',
  schema,
  outputShape,
  flops,
  build: ({ config, ops, inputs }) => ops.maxPool2d(inputs[0]!, config),
});

/** Mean of each window; padding does not count. */
export const averagePooling2d = defineLayer({
  type: 'averagePooling2d',
  className: 'AveragePooling2D',
  schema,
  outputShape,
  flops,
  build: ({ config, ops, inputs }) => ops.averagePool2d(inputs[0]!, config),
});

/** Mean of each channel over the whole image, `[h, w, c] -> [c]`. */
export const globalAveragePooling2d = defineLayer({
  type: 'globalAveragePooling2d',
  className: 'GlobalAveragePooling2D',
  schema: z.object({}),
  outputShape: (_config, inputs) => [imageInput(inputs)[2]],
  flops: (_config, inputs) => sizeOf(inputs[0]!),
  build: ({ ops, inputs }) => ops.mean(inputs[0]!, [1, 2], false),
});
