/** Small networks that between them hold every layer with every kind of setting. */
import { ACTIVATION_IDS, INFERENCE_ONLY_ACTIVATIONS } from '../../src/shared/network/activations.ts';
import type { TestNetwork } from '../support/engine.ts';

type Layers = TestNetwork['layers'];

const CLASSES = 3;
const normalise = { type: 'rescaling', scale: 1 / 255, offset: -0.4 };
const head: Layers = [{ type: 'flatten' }, { type: 'dense', units: CLASSES, activation: 'softmax' }];

/** `layers` on 6 x 6 images of two channels, with a softmax over three classes at the end. */
export const imageNetwork = (...layers: Layers): TestNetwork => ({
  inputShape: [6, 6, 2],
  layers: [normalise, ...layers, ...head],
});

/** `layers` on ten values, with a softmax over three classes at the end. */
export const flatNetwork = (...layers: Layers): TestNetwork => ({
  inputShape: [10],
  layers: [normalise, ...layers, head[1]!],
});

const conv = { type: 'conv2d', filters: 3, kernelSize: 3 };
const depthwise = { type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2 };
const separable = { type: 'separableConv2d', filters: 3, kernelSize: 3, depthMultiplier: 2 };
const max = { type: 'maxPooling2d' };
const average = { type: 'averagePooling2d', poolSize: 2 };

/** Networks that tfjs can differentiate, by what is particular about them. */
export const trainableNetworks: Record<string, TestNetwork> = {
  dense: flatNetwork({ type: 'dense', units: 4, activation: 'tanh' }),
  'dense without bias': flatNetwork({ type: 'dense', units: 4, useBias: false }),
  'conv2d valid': imageNetwork(conv),
  'conv2d same': imageNetwork({ ...conv, padding: 'same', activation: 'tanh' }),
  'conv2d with an even kernel, same': imageNetwork({ ...conv, kernelSize: [2, 4], padding: 'same' }),
  'conv2d strided, valid': imageNetwork({ ...conv, strides: 2 }),
  'conv2d strided, same': imageNetwork({ ...conv, strides: [2, 1], padding: 'same' }),
  'conv2d without bias': imageNetwork({ ...conv, useBias: false }),
  'conv2d twice': imageNetwork({ ...conv, activation: 'relu' }, { ...conv, filters: 2 }),
  'depthwiseConv2d valid': imageNetwork(depthwise),
  'depthwiseConv2d strided, same': imageNetwork({ ...depthwise, strides: 2, padding: 'same' }),
  'depthwiseConv2d after a layer': imageNetwork(conv, { ...depthwise, useBias: false }),
  'separableConv2d valid': imageNetwork({ ...separable, activation: 'tanh' }),
  'separableConv2d strided, same': imageNetwork(conv, { ...separable, strides: 2, padding: 'same' }),
  maxPooling2d: imageNetwork(conv, max),
  'maxPooling2d overlapping, same': imageNetwork(conv, { ...max, poolSize: 3, strides: 2, padding: 'same' }),
  averagePooling2d: imageNetwork(conv, average),
  'averagePooling2d, same': imageNetwork(conv, { ...average, poolSize: [3, 2], strides: 2, padding: 'same' }),
  globalAveragePooling2d: {
    inputShape: [6, 6, 2],
    layers: [normalise, conv, { type: 'globalAveragePooling2d' }, head[1]!],
  },
  // With as many channels as rows the two axes could be taken for each other.
  'globalAveragePooling2d over 4 x 4 x 4': {
    inputShape: [6, 6, 2],
    layers: [normalise, { ...conv, filters: 4 }, { type: 'globalAveragePooling2d' }, head[1]!],
  },
  'reshape and flatten': imageNetwork(
    { type: 'flatten' },
    { type: 'reshape', targetShape: [3, -1, 4] },
    { ...conv, kernelSize: 2 },
  ),
  'batchNormalization of images': imageNetwork(conv, { type: 'batchNormalization', momentum: 0.8 }),
  'batchNormalization of flat values': flatNetwork(
    { type: 'dense', units: 5 },
    { type: 'batchNormalization', epsilon: 0.01 },
    { type: 'activation', activation: 'relu' },
  ),
  'layerNormalization of images': imageNetwork({ ...conv, filters: 6 }, { type: 'layerNormalization' }),
  'layerNormalization of flat values': flatNetwork(
    { type: 'dense', units: 5 },
    { type: 'layerNormalization' },
  ),
  'residual add': imageNetwork(
    { ...conv, filters: 2, padding: 'same', activation: 'tanh', name: 'first' },
    { ...conv, filters: 2, padding: 'same', name: 'second' },
    { type: 'add', inputs: ['first', 'second'] },
    { ...conv, filters: 2, padding: 'same', activation: 'leakyRelu', name: 'third' },
    { type: 'add', inputs: ['add', 'third', 'first'], name: 'sum' },
  ),
  'dropout, spatialDropout2d and gaussianNoise of strength 0': imageNetwork(
    { type: 'gaussianNoise', stddev: 0 },
    conv,
    { type: 'spatialDropout2d', rate: 0 },
    { type: 'dropout', rate: 0 },
  ),
  ...Object.fromEntries(
    ACTIVATION_IDS.filter((id) => !INFERENCE_ONLY_ACTIVATIONS.includes(id)).flatMap((activation) => [
      [`${activation} in dense`, flatNetwork({ type: 'dense', units: 4, activation })],
      [`${activation} by itself`, imageNetwork({ ...conv, filters: 2 }, { type: 'activation', activation })],
    ]),
  ),
};

/** Networks whose dilated convolutions tfjs can run, but not differentiate. */
export const dilatedNetworks: Record<string, TestNetwork> = {
  'conv2d dilated, valid': imageNetwork({ ...conv, dilationRate: 2 }),
  'conv2d dilated, same': imageNetwork(conv, { ...conv, dilationRate: [1, 3], padding: 'same' }),
};

/** Networks with dilated depthwise convolutions, which tfjs-node runs as if they were not dilated. */
export const depthwiseDilated: Record<string, TestNetwork> = {
  'depthwiseConv2d dilated, valid': imageNetwork({ ...depthwise, dilationRate: 2 }),
  'depthwiseConv2d dilated, same': imageNetwork({ ...depthwise, dilationRate: 2, padding: 'same' }),
  'separableConv2d dilated, valid': imageNetwork({ ...separable, dilationRate: 2 }),
};
