/** Our networks -> LayersModel files -> our networks, and what is refused in files of others. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/shared/errors.ts';
import { fromLayersModel, toLayersModel } from '../../../src/shared/network/keras-format.ts';
import { resolveNetwork } from '../../../src/shared/network/resolve.ts';
import { networkSpecSchema } from '../../../src/shared/network/spec.ts';
import { imageNetwork, flatNetwork, dilatedNetworks, trainableNetworks } from '../../engine/test-networks.ts';
import type { TestNetwork } from '../../support/engine.ts';

const networks = Object.entries({
  ...trainableNetworks,
  ...dilatedNetworks,
  regularizers: flatNetwork({
    type: 'dense',
    units: 2,
    kernelRegularizer: { l1: 0.5 },
    biasRegularizer: { l2: 0.25 },
  }),
  initializers: imageNetwork({
    type: 'conv2d',
    filters: 1,
    kernelSize: 2,
    kernelInitializer: 'lecunNormal',
    biasInitializer: 'ones',
  }),
  'spatial dropout and noise': imageNetwork(
    { type: 'spatialDropout2d', rate: 0.25 },
    { type: 'dropout', rate: 0.5 },
    { type: 'gaussianNoise', stddev: 0.1 },
  ),
  heaviside: flatNetwork({ type: 'activation', activation: 'heaviside' }),
});

/** Weights 1, 2, 3 …, so that each can be told from the others. */
const numbered = (network: TestNetwork): Uint8Array =>
  new Uint8Array(Float32Array.from({ length: resolveNetwork(network).parameters }, (_, i) => i + 1).buffer);
const spec = (network: TestNetwork) => networkSpecSchema.parse(network);
const write = (network: TestNetwork) => {
  const { modelJson, weights } = toLayersModel(spec(network), numbered(network));
  return { json: JSON.parse(JSON.stringify(modelJson)) as FileJson, weights };
};

interface FileLayer {
  class_name: string;
  config: Record<string, unknown>;
  inbound_nodes?: unknown[];
}
interface FileJson {
  modelTopology: {
    model_config: { class_name: string; config: { layers: FileLayer[]; output_layers?: unknown[] } };
  };
  weightsManifest: { weights: { name: string; shape: number[]; dtype: string; quantization?: unknown }[] }[];
}

describe.each(networks)('%s', (_name, network) => {
  it('comes back as the same layers with the same weights', () => {
    const { json, weights } = write(network);
    const back = fromLayersModel(json, weights);
    expect(back.weights).toEqual(numbered(network));
    // A built-in leaky ReLU comes back as a layer of its own, and a flatten of flat values as a reshape: the arithmetic is the same.
    const arithmetic = (given: unknown) =>
      resolveNetwork(given).weights.map(({ path, shape, initializer, regularizer }) => ({
        path,
        shape,
        initializer,
        regularizer,
      }));
    expect(arithmetic(back.network)).toEqual(arithmetic(network));
    const again = toLayersModel(back.network, back.weights);
    expect(JSON.parse(JSON.stringify(again.modelJson))).toEqual(json);
  });
});

it('a plain network is written as Keras writes it', () => {
  const network = {
    inputShape: [4],
    layers: [{ type: 'dense', units: 2, activation: 'softmax', kernelRegularizer: { l2: 0.5 } }],
  };
  const { json } = write(network);
  expect(json.modelTopology.model_config).toEqual({
    class_name: 'Sequential',
    config: {
      name: 'network',
      layers: [
        {
          class_name: 'Dense',
          config: {
            name: 'dense',
            trainable: true,
            batch_input_shape: [null, 4],
            dtype: 'float32',
            units: 2,
            activation: 'softmax',
            use_bias: true,
            kernel_initializer: { class_name: 'GlorotUniform', config: {} },
            bias_initializer: { class_name: 'Zeros', config: {} },
            kernel_regularizer: { class_name: 'L1L2', config: { l1: 0, l2: 0.5 } },
          },
        },
      ],
    },
  });
  expect(json.weightsManifest[0]!.weights).toEqual([
    { name: 'dense/kernel', shape: [4, 2], dtype: 'float32' },
    { name: 'dense/bias', shape: [2], dtype: 'float32' },
  ]);
});

describe('a file of another program', () => {
  const conv = imageNetwork({ type: 'conv2d', filters: 2, kernelSize: 3 });
  const residual = imageNetwork(
    { type: 'conv2d', filters: 2, kernelSize: 3, padding: 'same' },
    { type: 'add', inputs: ['conv2d', 'rescaling'] },
  );
  const layersOf = (json: FileJson) => json.modelTopology.model_config.config.layers;
  const layer = (json: FileJson, name: string) => layersOf(json).find(({ config }) => config.name === name)!;

  function refusal(network: TestNetwork, change: (json: FileJson) => unknown, cut = 0): AppError {
    const { json, weights } = write(network);
    change(json);
    try {
      fromLayersModel(json, weights.subarray(0, weights.length - cut));
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
    throw new Error('it was not refused');
  }

  it('with weights named by their scope, as Keras converts them, is read', () => {
    const { json, weights } = write(conv);
    for (const weight of json.weightsManifest[0]!.weights) weight.name = `model/${weight.name}:0`;
    expect(fromLayersModel(json, weights).weights).toEqual(weights);
  });

  it('with its weights in another order is read', () => {
    const network = flatNetwork({ type: 'dense', units: 2 });
    const { json, weights } = write(network);
    const [entries, sizes] = [json.weightsManifest[0]!.weights, [80, 8, 24, 12]];
    const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0));
    entries.reverse();
    const parts = sizes.map((size, i) => [...weights.subarray(starts[i]!, starts[i]! + size)]).reverse();
    expect(fromLayersModel(json, Uint8Array.from(parts.flat())).weights).toEqual(weights);
  });

  const refused: [what: string, TestNetwork, (json: FileJson) => unknown, thing: string][] = [
    ['an unknown layer', conv, (json) => (layer(json, 'conv2d').class_name = 'LSTM'), 'the layer LSTM'],
    [
      'a nested model',
      conv,
      (json) => (layer(json, 'flatten').class_name = 'Sequential'),
      'the layer Sequential',
    ],
    [
      'another kind of model',
      conv,
      (json) => (json.modelTopology.model_config.class_name = 'Subclassed'),
      'a model of class Subclassed',
    ],
    [
      'channels first',
      conv,
      (json) => (layer(json, 'conv2d').config.data_format = 'channels_first'),
      'data_format "channels_first" (Conv2D)',
    ],
    ['grouped convolutions', conv, (json) => (layer(json, 'conv2d').config.groups = 2), 'groups 2 (Conv2D)'],
    [
      'a ReLU with a ceiling',
      imageNetwork({ type: 'activation', activation: 'relu' }),
      (json) =>
        Object.assign(layer(json, 'activation'), {
          class_name: 'ReLU',
          config: { name: 'activation', max_value: 6 },
        }),
      'the layer ReLU',
    ],
    [
      'a ReLU with a slope',
      imageNetwork({ type: 'activation', activation: 'relu' }),
      (json) =>
        Object.assign(layer(json, 'activation'), {
          class_name: 'ReLU',
          config: { name: 'activation', negative_slope: 0.1 },
        }),
      'the layer ReLU',
    ],
    [
      'another slope',
      imageNetwork({ type: 'activation', activation: 'leakyRelu' }),
      (json) => (layer(json, 'activation').config.alpha = 0.3),
      'the layer LeakyReLU',
    ],
    [
      'a normalisation without scale',
      imageNetwork({ type: 'batchNormalization' }),
      (json) => (layer(json, 'batchNormalization').config.scale = false),
      'BatchNormalization without scale or center',
    ],
    [
      'quantized weights',
      conv,
      (json) => (json.weightsManifest[0]!.weights[0]!.quantization = { dtype: 'uint8' }),
      'quantized weights (conv2d/kernel)',
    ],
    [
      'half-precision weights',
      conv,
      (json) => (json.weightsManifest[0]!.weights[1]!.dtype = 'float16'),
      'float16 weights (conv2d/bias)',
    ],
    [
      'a shared layer',
      residual,
      (json) => layer(json, 'conv2d').inbound_nodes!.push([['rescaling', 0, 0, {}]]),
      'the layer conv2d, which is used 2 times',
    ],
    ['two inputs', residual, (json) => layersOf(json).unshift({ ...layersOf(json)[0]! }), '2 inputs'],
    [
      'two outputs',
      residual,
      (json) => json.modelTopology.model_config.config.output_layers!.push(['conv2d', 0, 0]),
      '2 outputs',
    ],
    [
      'an output in the middle',
      residual,
      (json) => (json.modelTopology.model_config.config.output_layers = [['add', 0, 0]]),
      'an output that is not of its last layer ("add")',
    ],
  ];
  it.each(refused)('with %s is refused by name', (_what, network, change, thing) => {
    expect(refusal(network, change)).toMatchObject({
      code: 'unsupported',
      key: 'modelFileUnsupported',
      parameters: { thing },
    });
  });

  const damaged: [what: string, (json: FileJson) => unknown, problem: string][] = [
    ['no layers', (json) => (layersOf(json).length = 0), 'expected array to have >=1 items'],
    ['no topology', (json) => Reflect.deleteProperty(json, 'modelTopology'), 'modelTopology'],
    ['no weights', (json) => Reflect.deleteProperty(json, 'weightsManifest'), 'weightsManifest'],
    [
      'no input shape',
      (json) => Reflect.deleteProperty(layersOf(json)[0]!.config, 'batch_input_shape'),
      'input shape',
    ],
    [
      'a layer without a name',
      (json) => Reflect.deleteProperty(layersOf(json)[1]!.config, 'name'),
      'Conv2D has no name',
    ],
    [
      'a weight missing',
      (json) => (json.weightsManifest[0]!.weights[0]!.name = 'conv2d/other'),
      'the weight conv2d/kernel is missing',
    ],
    [
      'a weight of another shape',
      (json) => (json.weightsManifest[0]!.weights[0]!.shape = [3, 2, 3, 2]),
      'the weight conv2d/kernel has shape [3,2,3,2], not [3,3,2,2]',
    ],
    [
      'a weight of another size',
      (json) => (json.weightsManifest[0]!.weights[0]!.shape = [3, 3, 2, 3]),
      'weights.bin has 548 bytes, the manifest says 620',
    ],
    [
      'a weight larger than any memory',
      (json) => (json.weightsManifest[0]!.weights[0]!.shape = [2 ** 31, 2 ** 31]),
      'weights.bin has 548 bytes',
    ],
    // 65,536 x 65,536 values would be 16 GiB: nothing may be allocated for them.
    [
      'a layer larger than any memory',
      (json) => Object.assign(layer(json, 'dense').config, { units: 65_536 }),
      'the weight dense/kernel has shape [32,3], not [32,65536]',
    ],
  ];
  it.each(damaged)('with %s is refused as damaged', (_what, change, problem) => {
    const error = refusal(conv, change);
    expect(error).toMatchObject({ code: 'bad-input', key: 'modelFileDamaged' });
    expect(error.parameters.problem).toContain(problem);
  });

  it('with its weights cut short is refused as damaged', () => {
    const parameters = { problem: 'weights.bin has 544 bytes, the manifest says 548' };
    expect(refusal(conv, () => undefined, 4)).toMatchObject({ key: 'modelFileDamaged', parameters });
  });

  it('with an unknown activation is refused with the layer and the setting', () => {
    const error = refusal(conv, (json) => (layer(json, 'conv2d').config.activation = 'hard_sigmoid'));
    expect(error).toMatchObject({
      key: 'layerBadSetting',
      parameters: { layer: 'conv2d', setting: 'activation', received: '"hardSigmoid"' },
    });
  });
});

describe('whatever a file holds', () => {
  const readsOrRefuses = (json: unknown) => {
    try {
      fromLayersModel(json, new Uint8Array(8));
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
    }
  };
  const RUNS = { seed: 20261123, numRuns: 500 };

  it('any JSON is read or refused', () => fc.assert(fc.property(fc.jsonValue(), readsOrRefuses), RUNS));

  it('a sound file with any value in any place is read or refused', () => {
    const texts = networks.map(([, network]) => JSON.stringify(write(network).json));
    const anyValue = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(null, 0, -1, 1e308, '', [], {}, [[]], 'conv2d'),
    );
    const property = fc.property(fc.constantFrom(...texts), fc.nat(), anyValue, (text, place, value) => {
      const count = text.match(/"[\w]+":/g)!.length;
      let index = 0;
      readsOrRefuses(
        JSON.parse(text, (key, old: unknown) => (key !== '' && index++ === place % count ? value : old)),
      );
    });
    fc.assert(property, RUNS);
  });
});
