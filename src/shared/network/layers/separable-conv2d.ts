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
const POINTWISE = { strides: [1, 1], padding: 'valid', dilationRate: [1, 1] } as const;

/** A depthwise convolution and then a 1x1 convolution (Chollet 2017), `[h, w, in] -> [h', w', filters]`. */
export const separableConv2d = defineLayer({
  type: 'separableConv2d',
  className: 'SeparableConv2D',
  schema: z.object({
    filters: unitsSchema,
    ...convolutionSettings,
    depthMultiplier: unitsSchema.default(1),
    depthwiseInitializer: initializerSchema.default('glorotUniform'),
    pointwiseInitializer: initializerSchema.default('glorotUniform'),
    depthwiseRegularizer: regularizerSchema.optional(),
    pointwiseRegularizer: regularizerSchema.optional(),
    ...{ useBias, biasInitializer, biasRegularizer },
  }),
  outputShape(config, inputs) {
    const [height, width] = imageInput(inputs);
    const window = dilate(config.kernelSize, config.dilationRate);
    return [
      ...slide([height, width], { window, strides: config.strides, padding: config.padding }),
      config.filters,
    ];
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
      {
        name: 'pointwise_kernel',
        shape: [1, 1, channels * config.depthMultiplier, config.filters],
        initializer: config.pointwiseInitializer,
        regularizer: config.pointwiseRegularizer,
        trainable: true,
      },
      ...biasWeight(config, config.filters),
    ];
  },
  flops({ kernelSize, depthMultiplier }, inputs, [height, width, filters]) {
    const channels = imageInput(inputs)[2] * depthMultiplier;
    return 2 * height! * width! * channels * (kernelSize[0] * kernelSize[1] + filters!);
  },
  build({ config, ops, inputs, weights }) {
    const depthwise = ops.depthwiseConv2d(inputs[0]!, weights.depthwise_kernel!, config);
    const output = ops.conv2d(depthwise, weights.pointwise_kernel!, POINTWISE);
    return activate(ops, weights.bias ? ops.biasAdd(output, weights.bias) : output, config.activation);
  },
});
