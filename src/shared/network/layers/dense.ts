import { z } from 'zod';
import { activate, activationSchema } from '../activations.ts';
import { biasWeight, defineLayer, kernelSettings, refuse, unitsSchema } from '../layer.ts';

/** Fully connected: activation(x W + b), `[n] -> [units]`. */
export const dense = defineLayer({
  type: 'dense',
  className: 'Dense',
  schema: z.object({ units: unitsSchema, activation: activationSchema.default('linear'), ...kernelSettings }),
  outputShape(config, [input]) {
    if (input!.length !== 1) refuse('layerNeedsFlat', { received: input });
    return [config.units];
  },
  weights: (config, [input]) => [
    {
      name: 'kernel',
      shape: [input![0]!, config.units],
      initializer: config.kernelInitializer,
      regularizer: config.kernelRegularizer,
      trainable: true,
    },
    ...biasWeight(config, config.units),
  ],
  flops: (config, [input]) => 2 * input![0]! * config.units,
  build({ config, ops, inputs, weights }) {
    const product = ops.matMul(inputs[0]!, weights.kernel!);
    return activate(ops, weights.bias ? ops.biasAdd(product, weights.bias) : product, config.activation);
  },
});
