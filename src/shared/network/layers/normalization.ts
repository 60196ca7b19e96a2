import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Shape } from '../ops.ts';
import { defineLayer, sizeOf, type WeightSpec } from '../layer.ts';

const epsilon = z.number().positive().default(1e-3);

function statistic(name: string, channels: number, initializer: 'zeros' | 'ones'): WeightSpec {
  return { name, shape: [channels], initializer, trainable: name === 'gamma' || name === 'beta' };
}

/** A normalisation layer without scale or centre has fewer weights than ours: refused by name. */
function refuseReduced(layerClass: string) {
  return (className: string, config: Record<string, unknown>): undefined => {
    if (className === layerClass && (config.scale === false || config.center === false)) {
      fail('modelFileUnsupported', { thing: `${layerClass} without scale or center` });
    }
  };
}

const lastAxis = (shape: Shape): number => shape.at(-1)!;

/** Normalises each channel over the batch, then scales and shifts it (Ioffe & Szegedy 2015). */
export const batchNormalization = defineLayer({
  type: 'batchNormalization',
  className: 'BatchNormalization',
  schema: z.object({ momentum: z.number().min(0).max(1).default(0.99), epsilon }),
  fromKeras: refuseReduced('BatchNormalization'),
  outputShape: (_config, [input]) => input!,
  weights: (_config, [input]) => [
    statistic('gamma', lastAxis(input!), 'ones'),
    statistic('beta', lastAxis(input!), 'zeros'),
    statistic('moving_mean', lastAxis(input!), 'zeros'),
    statistic('moving_variance', lastAxis(input!), 'ones'),
  ],
  flops: (_config, _inputs, output) => 2 * sizeOf(output),
  build({ config, ops, inputs, weights, training }) {
    const { gamma, beta, moving_mean: movingMean, moving_variance: movingVariance } = weights;
    const parameters = {
      gamma: gamma!,
      beta: beta!,
      movingMean: movingMean!,
      movingVariance: movingVariance!,
      epsilon: config.epsilon,
    };
    if (!training) return ops.batchNormalization(inputs[0]!, parameters);
    const { output, mean, variance } = training.ops.batchNormalizationTraining(inputs[0]!, parameters);
    const blend = (old: typeof mean, fresh: typeof mean) =>
      ops.add(
        ops.multiply(old, ops.constant(config.momentum)),
        ops.multiply(fresh, ops.constant(1 - config.momentum)),
      );
    training.assign('moving_mean', blend(movingMean!, mean));
    training.assign('moving_variance', blend(movingVariance!, variance));
    return output;
  },
});

/** Normalises each sample over its last axis, then scales and shifts (Ba, Kiros & Hinton 2016). */
export const layerNormalization = defineLayer({
  type: 'layerNormalization',
  className: 'LayerNormalization',
  schema: z.object({ epsilon }),
  fromKeras: refuseReduced('LayerNormalization'),
  outputShape: (_config, [input]) => input!,
  weights: (_config, [input]) => [
    statistic('gamma', lastAxis(input!), 'ones'),
    statistic('beta', lastAxis(input!), 'zeros'),
  ],
  flops: (_config, _inputs, output) => 8 * sizeOf(output),
  build({ config, ops, inputs, weights }) {
    const x = inputs[0]!;
    const axis = [x.shape.length - 1];
    const centred = ops.subtract(x, ops.mean(x, axis, true));
    const variance = ops.mean(ops.square(centred), axis, true);
    const normalised = ops.multiply(centred, ops.rsqrt(ops.add(variance, ops.constant(config.epsilon))));
    return ops.add(ops.multiply(normalised, weights.gamma!), weights.beta!);
  },
});
