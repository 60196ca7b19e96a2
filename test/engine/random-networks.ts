/** fast-check generators of small networks that use every layer, for training. */
import fc from 'fast-check';
import {
  activations,
  INFERENCE_ONLY_ACTIVATIONS,
  type ActivationId,
} from '../../src/shared/network/activations.ts';
import { resolveNetwork } from '../../src/shared/network/resolve.ts';
import type { TestNetwork } from '../support/engine.ts';

type Layer = TestNetwork['layers'][number];

const activationIds = (Object.keys(activations) as ActivationId[]).filter(
  (id) => !INFERENCE_ONLY_ACTIVATIONS.includes(id),
);
const activation = fc.constantFrom(...activationIds);
const padding = fc.constantFrom('same', 'valid');
const small = fc.integer({ min: 1, max: 3 });
const pair = fc.tuple(small, small);
const regularizer = fc.constantFrom(undefined, { l1: 0.01 }, { l2: 0.02 }, { l1: 0.01, l2: 0.02 });
const window = { kernelSize: pair, strides: fc.constantFrom(1, 2), padding, activation };
const dilationRate = fc.constantFrom(1, 1, 2);
const layer = (type: string, settings: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Layer> =>
  fc.record({ type: fc.constant(type), ...settings });
const rate = fc.constantFrom(0, 0.3, 0.5);

const imageLayer = fc.oneof(
  layer('conv2d', {
    filters: small,
    ...window,
    dilationRate,
    useBias: fc.boolean(),
    kernelRegularizer: regularizer,
  }),
  layer('depthwiseConv2d', {
    ...window,
    dilationRate,
    depthMultiplier: small,
    depthwiseRegularizer: regularizer,
  }),
  layer('separableConv2d', { filters: small, ...window, dilationRate, pointwiseRegularizer: regularizer }),
  layer('maxPooling2d', { poolSize: pair, strides: pair, padding }),
  layer('averagePooling2d', { poolSize: pair, strides: pair, padding }),
  layer('spatialDropout2d', { rate }),
);
const anyLayer = fc.oneof(
  layer('activation', { activation }),
  layer('batchNormalization', { epsilon: fc.constantFrom(0.001, 0.1) }),
  layer('layerNormalization', { epsilon: fc.constantFrom(0.01, 0.1) }),
  layer('dropout', { rate }),
  layer('gaussianNoise', { stddev: fc.constantFrom(0, 0.2) }),
  layer('rescaling', { scale: fc.constantFrom(0.5, 1.5), offset: fc.constantFrom(0, 0.3) }),
);
const residual = fc.constant('residual' as const);
const bridge = fc.constantFrom<Layer[]>(
  [{ type: 'flatten' }],
  [{ type: 'globalAveragePooling2d' }],
  [{ type: 'reshape', targetShape: [-1] }],
);
const flatLayer = fc.oneof(
  layer('dense', { units: small, activation, kernelRegularizer: regularizer }),
  anyLayer,
);

const isSound = (network: TestNetwork): boolean => {
  try {
    return Boolean(resolveNetwork(network));
  } catch {
    return false;
  }
};

/** The layers with everything left out that does not fit where it stands, and residual blocks written out. */
function assemble(inputShape: number[], choices: readonly (Layer | 'residual')[]): Layer[] {
  const layers: Layer[] = [{ type: 'rescaling', name: 'start', scale: 1 / 128, offset: -1 }];
  choices.forEach((choice, index) => {
    const before = layers.at(-1)!.name as string;
    const name = `layer_${index}`;
    if (choice === 'residual') {
      const { outputShape } = resolveNetwork({ inputShape, layers });
      layers.push({
        type: 'conv2d',
        name: `${name}_conv`,
        filters: outputShape.at(-1)!,
        kernelSize: 3,
        padding: 'same',
        activation: 'tanh',
      });
      layers.push({ type: 'add', name, inputs: [before, `${name}_conv`] });
    } else if (isSound({ inputShape, layers: [...layers, { ...choice, name }] }))
      layers.push({ ...choice, name });
  });
  return layers;
}

/** A network with a loss that suits its last layer; images are at most 8 x 8 with up to three channels. */
export const randomNetwork = fc
  .record({
    inputShape: fc
      .tuple(fc.integer({ min: 4, max: 8 }), fc.integer({ min: 4, max: 8 }), small)
      .map((shape) => [...shape]),
    images: fc.array(fc.oneof(imageLayer, imageLayer, anyLayer, residual), { minLength: 1, maxLength: 4 }),
    bridge,
    flat: fc.array(flatLayer, { maxLength: 2 }),
    end: fc.constantFrom(
      ['softmax', 'categoricalCrossentropy'],
      ['sigmoid', 'binaryCrossentropy'],
      ['tanh', 'meanSquaredError'],
      ['sigmoid', 'categoricalCrossentropy'],
    ),
    labelSmoothing: fc.constantFrom(0, 0.1),
  })
  .map(({ inputShape, images, bridge, flat, end: [head, loss], labelSmoothing }) => {
    const layers = assemble(inputShape, images);
    const rest = [...bridge, ...flat, { type: 'dense', units: 3, activation: head }];
    return { network: { inputShape, layers: [...layers, ...rest] } as TestNetwork, loss, labelSmoothing };
  });
