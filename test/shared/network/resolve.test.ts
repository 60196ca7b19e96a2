import { describe, expect, it } from 'vitest';
import { layerCatalog } from '../../../src/shared/network/layers/index.ts';
import { estimateTrainingBytes, layerNames, resolveNetwork } from '../../../src/shared/network/resolve.ts';
import { AppError } from '../../../src/shared/errors.ts';

type Layer = { type: string } & Record<string, unknown>;

/** [layer, input shape, output shape, parameters, flops], worked out by hand. */
const layers: [Layer, number[], number[], number, number][] = [
  [{ type: 'dense', units: 4 }, [3], [4], 16, 24],
  [{ type: 'dense', units: 4, useBias: false }, [3], [4], 12, 24],
  [{ type: 'conv2d', filters: 5, kernelSize: 3 }, [8, 7, 2], [6, 5, 5], 95, 2 * 18 * 150],
  [
    { type: 'conv2d', filters: 5, kernelSize: [2, 3], padding: 'same', strides: [2, 3] },
    [8, 7, 2],
    [4, 3, 5],
    65,
    2 * 12 * 60,
  ],
  [{ type: 'conv2d', filters: 1, kernelSize: 3, strides: 2 }, [8, 7, 1], [3, 3, 1], 10, 2 * 9 * 9],
  [{ type: 'conv2d', filters: 1, kernelSize: 3, dilationRate: [2, 3] }, [8, 7, 1], [4, 1, 1], 10, 2 * 9 * 4],
  [{ type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2 }, [5, 5, 3], [3, 3, 6], 60, 2 * 9 * 54],
  [
    { type: 'depthwiseConv2d', kernelSize: 3, useBias: false, padding: 'same' },
    [5, 5, 3],
    [5, 5, 3],
    27,
    2 * 9 * 75,
  ],
  [
    { type: 'separableConv2d', filters: 4, kernelSize: 3, depthMultiplier: 2 },
    [5, 5, 3],
    [3, 3, 4],
    54 + 24 + 4,
    9 * 2 * (9 * 6 + 6 * 4),
  ],
  [{ type: 'maxPooling2d' }, [7, 6, 2], [3, 3, 2], 0, 72],
  [{ type: 'maxPooling2d', poolSize: 3, strides: [1, 2], padding: 'same' }, [7, 6, 2], [7, 3, 2], 0, 42 * 9],
  [{ type: 'averagePooling2d', poolSize: [1, 3] }, [7, 6, 2], [7, 2, 2], 0, 84],
  [{ type: 'globalAveragePooling2d' }, [7, 6, 2], [2], 0, 84],
  [{ type: 'flatten' }, [7, 6, 2], [84], 0, 0],
  [{ type: 'reshape', targetShape: [3, -1] }, [7, 6, 2], [3, 28], 0, 0],
  [{ type: 'spatialDropout2d', rate: 0.5 }, [7, 6, 2], [7, 6, 2], 0, 0],
  [{ type: 'dropout', rate: 0 }, [5], [5], 0, 0],
  [{ type: 'gaussianNoise', stddev: 1 }, [5], [5], 0, 0],
  [{ type: 'batchNormalization' }, [7, 6, 2], [7, 6, 2], 8, 168],
  [{ type: 'layerNormalization' }, [7, 6, 2], [7, 6, 2], 4, 672],
  [{ type: 'activation', activation: 'gelu' }, [7, 6, 2], [7, 6, 2], 0, 84],
  [{ type: 'rescaling', scale: 2 }, [5], [5], 0, 5],
  [{ type: 'rescaling', scale: 2, offset: 1 }, [5], [5], 0, 10],
  [{ type: 'add', inputs: ['input', 'input', 'input'] }, [5], [5], 0, 10],
];

describe('a layer by itself', () => {
  it.each(layers)(
    '%o on %o gives %o with %i parameters at a cost of %i',
    (layer, inputShape, outputShape, parameters, flops) => {
      const network = resolveNetwork({ inputShape, layers: [layer] });
      expect(network).toMatchObject({ outputShape, parameters, flops });
      expect(network.activations).toBe(
        [inputShape, outputShape].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b), 0),
      );
    },
  );

  it('of every type is here', () => {
    expect([...new Set(layers.map(([{ type }]) => type))].sort()).toEqual([...layerCatalog.keys()].sort());
  });
});

describe('a network', () => {
  const residual = {
    inputShape: [4, 4, 2],
    layers: [
      { type: 'conv2d', filters: 2, kernelSize: 3, padding: 'same' },
      { type: 'batchNormalization' },
      { type: 'add', inputs: ['batchNormalization', 'input'] },
      { type: 'conv2d', filters: 1, kernelSize: 4 },
      { type: 'flatten', name: 'end' },
    ],
  };

  it('numbers its layers by type, as Keras does', () => {
    expect(layerNames(residual)).toEqual(['conv2d', 'batchNormalization', 'add', 'conv2d_1', 'end']);
  });

  it('lays its weights one after the other, each with its path', () => {
    const network = resolveNetwork(residual);
    expect(
      network.weights.map(({ path, offset, size, trainable }) => [path, offset, size, trainable]),
    ).toEqual([
      ['conv2d/kernel', 0, 36, true],
      ['conv2d/bias', 36, 2, true],
      ['batchNormalization/gamma', 38, 2, true],
      ['batchNormalization/beta', 40, 2, true],
      ['batchNormalization/moving_mean', 42, 2, false],
      ['batchNormalization/moving_variance', 44, 2, false],
      ['conv2d_1/kernel', 46, 32, true],
      ['conv2d_1/bias', 78, 1, true],
    ]);
    expect([network.parameters, network.trainableParameters]).toEqual([79, 75]);
  });

  it('knows roughly what training takes', () => {
    // 79 parameters five times; 32 input values, three layers of 32, and two of 1, twice for each of ten images.
    expect(estimateTrainingBytes(resolveNetwork(residual), 10)).toBe(4 * (5 * 79 + 2 * 10 * (4 * 32 + 2)));
  });
});

describe('a broken rule is refused with the layer, the rule and the value', () => {
  const image = [6, 6, 2];
  const conv = { type: 'conv2d', filters: 2, kernelSize: 3 };
  const rules: [key: string, inputShape: number[], layers: Layer[], parameters: Record<string, string>][] = [
    ['layerNeedsImage', [5], [conv], { layer: 'conv2d', received: '[5]' }],
    ['layerNeedsImage', [5, 5], [{ type: 'maxPooling2d' }], { layer: 'maxPooling2d', received: '[5,5]' }],
    [
      'layerNeedsImage',
      [5],
      [{ type: 'spatialDropout2d', rate: 0.1 }],
      { layer: 'spatialDropout2d', received: '[5]' },
    ],
    [
      'layerNeedsFlat',
      image,
      [{ type: 'dense', units: 2, name: 'end' }],
      { layer: 'end', received: '[6,6,2]' },
    ],
    [
      'layerWindowTooLarge',
      image,
      [{ ...conv, kernelSize: [7, 2] }],
      { layer: 'conv2d', window: '7x2', received: '6x6' },
    ],
    [
      'layerWindowTooLarge',
      image,
      [{ ...conv, dilationRate: 3 }],
      { layer: 'conv2d', window: '7x7', received: '6x6' },
    ],
    [
      'layerWindowTooLarge',
      image,
      [{ type: 'averagePooling2d', poolSize: 8 }],
      { layer: 'averagePooling2d', window: '8x8', received: '6x6' },
    ],
    [
      'layerReshapeManyUnknown',
      image,
      [{ type: 'reshape', targetShape: [-1, -1] }],
      { layer: 'reshape', received: '[-1,-1]' },
    ],
    [
      'layerReshapeSize',
      image,
      [{ type: 'reshape', targetShape: [5, 5] }],
      { layer: 'reshape', input: '[6,6,2]', received: '[5,5]' },
    ],
    [
      'layerReshapeSize',
      image,
      [{ type: 'reshape', targetShape: [7, -1] }],
      { layer: 'reshape', input: '[6,6,2]', received: '[7,-1]' },
    ],
    [
      'layerReshapeSize',
      image,
      [{ type: 'reshape', targetShape: [0, -1] }],
      { layer: 'reshape', input: '[6,6,2]', received: '[0,-1]' },
    ],
    ['layerTooFewInputs', image, [{ type: 'add' }], { layer: 'add', received: '1' }],
    ['layerTooFewInputs', image, [{ type: 'add', inputs: [] }], { layer: 'add', received: '0' }],
    [
      'layerInputsDiffer',
      image,
      [conv, { type: 'add', inputs: ['conv2d', 'input'] }],
      { layer: 'add', received: '[[4,4,2],[6,6,2]]' },
    ],
    [
      'layerUnknownType',
      image,
      [{ type: 'lstm' }],
      { layer: 'lstm', type: 'lstm', known: [...layerCatalog.keys()].join(', ') },
    ],
    ['layerUnknownType', image, [{ type: 'toString' }], { layer: 'toString', type: 'toString' }],
    [
      'layerBadSetting',
      image,
      [{ ...conv, filters: 0 }],
      { layer: 'conv2d', setting: 'filters', received: '0' },
    ],
    [
      'layerBadSetting',
      image,
      [{ type: 'conv2d', kernelSize: 3 }],
      { layer: 'conv2d', setting: 'filters', received: 'nothing' },
    ],
    [
      'layerBadSetting',
      image,
      [{ ...conv, padding: 'full' }],
      { layer: 'conv2d', setting: 'padding', received: '"full"' },
    ],
    [
      'layerBadSetting',
      image,
      [{ ...conv, activation: 'selu' }],
      { layer: 'conv2d', setting: 'activation', received: '"selu"' },
    ],
    [
      'layerBadSetting',
      image,
      [{ ...conv, kernelRegularizer: { l2: -1 } }],
      { layer: 'conv2d', setting: 'kernelRegularizer.l2', received: '-1' },
    ],
    [
      'layerBadSetting',
      image,
      [{ type: 'dropout', rate: 1 }],
      { layer: 'dropout', setting: 'rate', received: '1' },
    ],
    [
      'layerBadSetting',
      image,
      [conv, { ...conv, inputs: ['input', 'conv2d'] }],
      { layer: 'conv2d_1', setting: 'inputs', received: 'input, conv2d' },
    ],
    ['layerUnknownSetting', image, [{ ...conv, stride: 2 }], { layer: 'conv2d', setting: 'stride' }],
    [
      'layerUnknownSetting',
      image,
      [{ type: 'flatten', size: 2 }],
      { layer: 'flatten', setting: 'size', known: '-' },
    ],
    ['layerUnknownInput', image, [{ ...conv, inputs: ['later'] }], { layer: 'conv2d', input: 'later' }],
    ['layerUnknownInput', image, [{ ...conv, name: 'a', inputs: ['a'] }], { layer: 'a', input: 'a' }],
    [
      'layerDuplicateName',
      image,
      [
        { ...conv, name: 'a' },
        { ...conv, name: 'a' },
      ],
      { layer: 'a' },
    ],
    ['layerDuplicateName', image, [{ ...conv, name: 'input' }], { layer: 'input' }],
  ];

  it.each(rules)('%s on %o: %o', (key, inputShape, layers, parameters) => {
    const error = refusal({ inputShape, layers });
    expect(error).toMatchObject({ code: 'bad-input', key, parameters });
    expect(error.message).toContain(`"${parameters.layer}"`);
  });

  it.each([
    null,
    [],
    {},
    { layers: [] },
    { inputShape: [0], layers: [{ type: 'flatten' }] },
    { inputShape: [1.5], layers: [{ type: 'flatten' }] },
    { layers: [{ type: 7 }] },
    { layers: [{ type: 'flatten', inputs: 'input' }] },
  ])('%o is no network', (spec) => {
    expect(refusal(spec)).toMatchObject({ code: 'bad-input', key: 'networkMalformed' });
  });

  it('an image of any positive size may be read, and nothing is lost by an unused branch', () => {
    const layers = [conv, { ...conv, inputs: ['input'] }];
    expect(resolveNetwork({ inputShape: image, layers }).parameters).toBe(2 * 38);
  });
});

function refusal(spec: unknown): AppError {
  try {
    resolveNetwork(spec);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
