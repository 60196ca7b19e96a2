import { z } from 'zod';
import { activate, activationSchema, LEAKY_RELU_SLOPE } from '../activations.ts';
import { defineLayer, refuse, sizeOf } from '../layer.ts';

/** An activation by itself. */
export const activation = defineLayer({
  type: 'activation',
  className: 'Activation',
  schema: z.object({ activation: activationSchema }),
  outputShape: (_config, [input]) => input!,
  build: ({ config, ops, inputs }) => activate(ops, inputs[0]!, config.activation),
  // tfjs knows leaky ReLU only as a layer of its own.
  toKeras: (config) =>
    config.activation === 'leakyRelu'
      ? { className: 'LeakyReLU', config: { alpha: LEAKY_RELU_SLOPE } }
      : { config },
  fromKeras: readActivationLayer,
});

/** Keras layers that are one activation: ReLU, Softmax, ELU and LeakyReLU without unusual settings. */
function readActivationLayer(className: string, config: Record<string, unknown>) {
  const isBent = (config.negativeSlope ?? 0) !== 0 || (config.threshold ?? 0) !== 0;
  if (className === 'ReLU' && (config.maxValue ?? null) === null && !isBent) return { activation: 'relu' };
  if (className === 'Softmax' && (config.axis ?? -1) === -1) return { activation: 'softmax' };
  if (className === 'ELU' && (config.alpha ?? 1) === 1) return { activation: 'elu' };
  const slope = config.alpha ?? config.negativeSlope;
  return className === 'LeakyReLU' && slope === LEAKY_RELU_SLOPE ? { activation: 'leakyRelu' } : undefined;
}

/** The sum of its inputs, all of one shape: the end of a residual block (He et al. 2016). */
export const add = defineLayer({
  type: 'add',
  className: 'Add',
  arity: 'many',
  schema: z.object({}),
  outputShape(_config, inputs) {
    if (inputs.length < 2) refuse('layerTooFewInputs', { received: inputs.length });
    const same = inputs.every((shape) => JSON.stringify(shape) === JSON.stringify(inputs[0]));
    return same ? inputs[0]! : refuse('layerInputsDiffer', { received: inputs });
  },
  flops: (_config, inputs, output) => (inputs.length - 1) * sizeOf(output),
  build: ({ ops, inputs }) => inputs.reduce((sum, input) => ops.add(sum, input)),
});

/** x * scale + offset: 1 / 255 for 0-1 normalisation; 1 / std and -mean / std to standardise. */
export const rescaling = defineLayer({
  type: 'rescaling',
  className: 'Rescaling',
  schema: z.object({ scale: z.number(), offset: z.number().default(0) }),
  outputShape: (_config, [input]) => input!,
  flops: (config, _inputs, output) => sizeOf(output) * (config.offset === 0 ? 1 : 2),
  build({ config, ops, inputs }) {
    const scaled = ops.multiply(inputs[0]!, ops.constant(config.scale));
    return config.offset === 0 ? scaled : ops.add(scaled, ops.constant(config.offset));
  },
});
