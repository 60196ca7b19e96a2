/** The layers' vocabulary written as TensorFlow nodes. */
import type {
  ConvolutionOptions,
  NormalizationInputs,
  Ops,
  Pair,
  Shape,
  Tensor,
  TrainingOps,
} from '../../shared/network/ops.ts';
import { dilate, slide } from '../../shared/network/layer.ts';
import type { Attributes, Graph, GraphTensor } from './graph.ts';
import * as k from './kernels.ts';
import { pool, poolEarly } from './pooling.ts';

/** Layers only ever hand back tensors that this vocabulary made. */
const own = (tensor: Tensor): GraphTensor => tensor as GraphTensor;

export interface OpsOptions {
  /** Choose the form that is quicker together with its gradient. */
  isTraining?: boolean;
}

/** Operations for inference, and for training all but what `createTrainingOps` gives. */
export function createOps(graph: Graph, { isTraining = false }: OpsOptions = {}): Ops {
  const unary = (op: string) => (x: Tensor) => k.unary(graph, op, own(x));
  const binary = (op: string) => (a: Tensor, b: Tensor) => k.binary(graph, op, [own(a), own(b)]);
  return {
    constant: (value) => k.scalar(graph, value),
    add: binary('AddV2'),
    subtract: binary('Sub'),
    multiply: binary('Mul'),
    rsqrt: unary('Rsqrt'),
    square: unary('Square'),
    relu: unary('Relu'),
    leakyRelu: (x, alpha) => leakyRelu(graph, own(x), alpha),
    elu: unary('Elu'),
    sigmoid: unary('Sigmoid'),
    tanh: unary('Tanh'),
    erf: unary('Erf'),
    softmax: unary('Softmax'),
    heaviside: (x) => k.compare(graph, 'GreaterEqual', [own(x), k.scalar(graph, 0)]),
    matMul: (a, b) => k.matMul(graph, [own(a), own(b)]),
    biasAdd: (x, bias) => k.biasAdd(graph, own(x), own(bias)),
    conv2d: (x, kernel, options) => convolve(graph, 'Conv2D', { x: own(x), kernel: own(kernel), options }),
    depthwiseConv2d: (x, kernel, options) =>
      convolve(graph, 'DepthwiseConv2dNative', { x: own(x), kernel: own(kernel), options }),
    maxPool2d: (x, options) => (isTraining ? poolEarly : pool)(graph, 'MaxPool', { x: own(x), options }),
    averagePool2d: (x, options) => pool(graph, 'AvgPool', { x: own(x), options }),
    mean: (x, axes, keepDims) => k.reduce(graph, 'Mean', { x: own(x), axes, keepDims }),
    reshape: (x, shape) => k.reshape(graph, own(x), [-1, ...shape]),
    batchNormalization: (x, inputs) => normalise(graph, { x: own(x), inputs, isTraining: false }).output,
  };
}

/**
 * Operations for training. `step` is a scalar int32: randomness depends on it and on the seed alone, so a resumed run draws
 * the same numbers (Philox counters; Salmon et al. 2011).
 */
export function createTrainingOps(
  graph: Graph,
  { seed, step }: { seed: number; step: GraphTensor },
): TrainingOps {
  let draws = 0;
  const random = (op: string, shape: GraphTensor, staticShape: Shape): GraphTensor => {
    const stream = k.constant(graph, Int32Array.of(seed + 0x9e3779b9 * draws++));
    const attributes: Attributes = {
      dtype: { type: 'float' },
      T: { type: 'int32' },
      Tseed: { type: 'int32' },
    };
    return k.one(
      graph.add(op, [shape, k.pack(graph, [stream, step])], {
        attributes,
        outputs: [{ shape: staticShape }],
      }),
    );
  };
  return {
    dropout(x, rate, noiseShape) {
      const uniform = random('StatelessRandomUniform', runtimeShape(graph, own(x), noiseShape), noiseShape);
      const kept = k.compare(graph, 'GreaterEqual', [uniform, k.scalar(graph, rate)]);
      return k.multiply(graph, own(x), k.multiply(graph, kept, k.scalar(graph, 1 / (1 - rate))));
    },
    gaussianNoise(x, stddev) {
      const normal = random('StatelessRandomNormal', k.shapeOf(graph, own(x)), x.shape);
      return k.add(graph, own(x), k.multiply(graph, normal, k.scalar(graph, stddev)));
    },
    batchNormalizationTraining: (x, inputs) => normalise(graph, { x: own(x), inputs, isTraining: true }),
  };
}

function leakyRelu(graph: Graph, x: GraphTensor, alpha: number): GraphTensor {
  return k.one(
    graph.add('LeakyRelu', [x], {
      attributes: { T: { type: 'float' }, alpha: { float: alpha } },
      outputs: [{ shape: x.shape }],
    }),
  );
}

interface Convolution {
  x: GraphTensor;
  kernel: GraphTensor;
  options: ConvolutionOptions;
}
function convolve(
  graph: Graph,
  op: 'Conv2D' | 'DepthwiseConv2dNative',
  { x, kernel, options }: Convolution,
): GraphTensor {
  const spread = spreadTaps(graph, kernel, options.dilationRate);
  const [height, width, inChannels, last] = spread.shape as [number, number, number, number];
  const size = slide([x.shape[1]!, x.shape[2]!], {
    window: [height, width],
    strides: options.strides,
    padding: options.padding,
  });
  const channels = op === 'Conv2D' ? last : inChannels * last;
  const attributes = k.convolutionAttributes({ ...options, dilationRate: [1, 1] });
  return k.one(graph.add(op, [x, spread], { attributes, outputs: [{ shape: [-1, ...size, channels] }] }));
}

/**
 * A dilated kernel written out, with zeros between its taps: on processors TensorFlow has no gradients of dilated convolutions,
 * and no dilated depthwise convolution at all. The gradient of a strided slice puts values at strides among zeros.
 */
function spreadTaps(graph: Graph, kernel: GraphTensor, rate: Pair): GraphTensor {
  if (rate[0] === 1 && rate[1] === 1) return kernel;
  const [height, width, ...channels] = kernel.shape as [number, number, number, number];
  const shape = [...dilate([height, width], rate), ...channels];
  const masks = ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'];
  const attributes: Attributes = {
    T: { type: 'float' },
    Index: { type: 'int32' },
    ...Object.fromEntries(masks.map((mask) => [mask, { int: 0 }])),
  };
  const inputs = [shape, [0, 0, 0, 0], shape, [...rate, 1, 1]].map((values) => k.ints(graph, values));
  return k.one(graph.add('StridedSliceGrad', [...inputs, kernel], { attributes, outputs: [{ shape }] }));
}

interface Normalization {
  x: GraphTensor;
  inputs: NormalizationInputs;
  isTraining: boolean;
}

/** The fused kernel reads images only; anything else is shown to it as images of height and width 1. */
function normalise(graph: Graph, { x, inputs, isTraining }: Normalization) {
  const channels = x.shape.at(-1)!;
  const image = x.shape.length === 4 ? x : k.reshape(graph, x, [-1, 1, 1, channels]);
  const none = k.constant(graph, new Float32Array(0), [0]);
  const statistics = isTraining ? [none, none] : [own(inputs.movingMean), own(inputs.movingVariance)];
  const attributes: Attributes = {
    T: { type: 'float' },
    U: { type: 'float' },
    epsilon: { float: inputs.epsilon },
    exponential_avg_factor: { float: 1 },
    data_format: { text: 'NHWC' },
    is_training: { bool: isTraining },
  };
  const vector = { shape: [channels] };
  const { outputs } = graph.add(
    'FusedBatchNormV3',
    [image, own(inputs.gamma), own(inputs.beta), ...statistics],
    {
      attributes,
      outputs: [{ shape: image.shape }, vector, vector, vector, vector, { shape: [-1] }],
    },
  );
  // Outputs 3 and 4 are the batch's mean and its biased variance, which is what Keras 3 averages; 2 is the unbiased one.
  return { output: k.reshape(graph, outputs[0]!, x.shape), mean: outputs[3]!, variance: outputs[4]! };
}

/** `noiseShape` with the batch size filled in at run time. */
function runtimeShape(graph: Graph, x: GraphTensor, noiseShape: Shape): GraphTensor {
  if (noiseShape.join() === x.shape.join()) return k.shapeOf(graph, x);
  const range = { T: { type: 'int32' }, Index: { type: 'int32' } } as const;
  const batch = k.one(
    graph.add('Slice', [k.shapeOf(graph, x), k.ints(graph, [0]), k.ints(graph, [1])], {
      attributes: range,
      outputs: [{ dtype: 'int32', shape: [1] }],
    }),
  );
  const axis = k.constant(graph, Int32Array.of(0));
  const attributes: Attributes = { N: { int: 2 }, T: { type: 'int32' }, Tidx: { type: 'int32' } };
  return k.one(
    graph.add('ConcatV2', [batch, k.ints(graph, noiseShape.slice(1)), axis], {
      attributes,
      outputs: [{ dtype: 'int32', shape: [noiseShape.length] }],
    }),
  );
}
