import { z } from 'zod';
import { activate, activationSchema } from '../activations.ts';
import {
  biasWeight,
  defineLayer,
  dilate,
  imageInput,
  kernelSettings,
  paddingSchema,
  pairSchema,
  slide,
  unitsSchema,
} from '../layer.ts';

/** Settings that all convolutions share. */
export const convolutionSettings = {
  kernelSize: pairSchema,
  strides: pairSchema.default([1, 1]),
  padding: paddingSchema.default('valid'),
  dilationRate: pairSchema.default([1, 1]),
  activation: activationSchema.default('linear'),
};

/** 2-D convolution, `[h, w, in] -> [h', w', filters]`. */
export const conv2d = defineLayer({
  type: 'conv2d',
  className: 'Conv2D',
  schema: z.object({ filters: unitsSchema, ...convolutionSettings, ...kernelSettings }),
  outputShape(config, inputs) {
    const [height, width] = imageInput(inputs);
    const window = dilate(config.kernelSize, config.dilationRate);
    return [
      ...slide([height, width], { window, strides: config.strides, padding: config.padding }),
      config.filters,
    ];
  },
  weights: (config, inputs) => [
    {
      name: 'kernel',
      shape: [...config.kernelSize, imageInput(inputs)[2], config.filters],
      initializer: config.kernelInitializer,
      regularizer: config.kernelRegularizer,
      trainable: true,
    },
    ...biasWeight(config, config.filters),
  ],
  flops: ({ kernelSize }, inputs, [height, width, filters]) =>
    2 * kernelSize[0] * kernelSize[1] * imageInput(inputs)[2] * height! * width! * filters!,
  build({ config, ops, inputs, weights }) {
    const output = ops.conv2d(inputs[0]!, weights.kernel!, config);
    return activate(ops, weights.bias ? ops.biasAdd(output, weights.bias) : output, config.activation);
  },
});
