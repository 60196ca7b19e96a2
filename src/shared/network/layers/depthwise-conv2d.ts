import { z } from 'zod';
import { activate } from '../activations.ts';
import { initializerSchema } from '../initializers.ts';
import {
  biasWeight,
  defineLayer,
  dilate,
  imageInput,
  kernelSettings,
  regularizerSchema,
  slide,
  unitsSchema,
} from '../layer.ts';
import { convolutionSettings } from './conv2d.ts';

const { useBias, biasInitializer, biasRegularizer } = kernelSettings;

/** One set of filters for each channel by itself, `[h, w, in] -> [h', w', in * depthMultiplier]`. */
export const depthwiseConv2d = defineLayer({
  type: 'depthwiseConv2d',
  className: 'DepthwiseConv2D',
  schema: z.object({
    ...convolutionSettings,
    depthMultiplier: unitsSchema.default(1),
    depthwiseInitializer: initializerSchema.default('glorotUniform'),
    depthwiseRegularizer: regularizerSchema.optional(),
    ...{ useBias, biasInitializer, biasRegularizer },
  }),
  outputShape(config, inputs) {
    const [height, width, channels] = imageInput(inputs);
    const window = dilate(config.kernelSize, config.dilationRate);
    const size = slide([height, width], { window, strides: config.strides, padding: config.padding });
    return [...size, channels * config.depthMultiplier];
  },
  weights(config, inputs) {
    const channels = imageInput(inputs)[2];
    return [
      {
        name: 'depthwise_kernel',
        shape: [...config.kernelSize, channels, config.depthMultiplier],
        initializer: config.depthwiseInitializer,
        regularizer: config.depthwiseRegularizer,
        trainable: true,
      },
      ...biasWeight(config, channels * config.depthMultiplier),
    ];
  },
  flops: ({ kernelSize }, _inputs, [height, width, channels]) =>
    2 * kernelSize[0] * kernelSize[1] * height! * width! * channels!,
  build({ config, ops, inputs, weights }) {
    const output = ops.depthwiseConv2d(inputs[0]!, weights.depthwise_kernel!, config);
    return activate(ops, weights.bias ? ops.biasAdd(output, weights.bias) : output, config.activation);
  },
});
