import { z } from 'zod';
import { defineLayer, imageInput } from '../layer.ts';

const rate = z.number().min(0).lt(1);

/** Zeroes single values while training (Srivastava et al. 2014); the identity at inference. */
export const dropout = defineLayer({
  type: 'dropout',
  className: 'Dropout',
  schema: z.object({ rate }),
  outputShape: (_config, [input]) => input!,
  flops: () => 0,
  build({ config, inputs, training }) {
    const input = inputs[0]!;
    return training && config.rate > 0 ? training.ops.dropout(input, config.rate, input.shape) : input;
  },
});

/** tfjs has no SpatialDropout2D: there it is a Dropout whose noise is shared over height and width. */
const isSpatial = (noiseShape: unknown): boolean =>
  Array.isArray(noiseShape) && noiseShape[1] === 1 && noiseShape[2] === 1;

/** Zeroes whole channels while training (Tompson et al. 2015); the identity at inference. */
export const spatialDropout2d = defineLayer({
  type: 'spatialDropout2d',
  className: 'SpatialDropout2D',
  schema: z.object({ rate }),
  outputShape: (_config, inputs) => imageInput(inputs),
  flops: () => 0,
  build({ config, inputs, training }) {
    const input = inputs[0]!;
    return training && config.rate > 0
      ? training.ops.dropout(input, config.rate, [-1, 1, 1, input.shape[3]!])
      : input;
  },
  toKeras: (config, inputs) => ({
    className: 'Dropout',
    config: { ...config, noiseShape: [null, 1, 1, imageInput(inputs)[2]] },
  }),
  fromKeras: (className, config) =>
    className === 'Dropout' && isSpatial(config.noiseShape) ? { rate: config.rate } : undefined,
});

/** Adds normal noise while training; the identity at inference. */
export const gaussianNoise = defineLayer({
  type: 'gaussianNoise',
  className: 'GaussianNoise',
  schema: z.object({ stddev: z.number().min(0) }),
  outputShape: (_config, [input]) => input!,
  flops: () => 0,
  build: ({ config, inputs, training }) =>
    training && config.stddev > 0 ? training.ops.gaussianNoise(inputs[0]!, config.stddev) : inputs[0]!,
});
