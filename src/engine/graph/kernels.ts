/** TensorFlow's operations as typed functions that add nodes; shapes are worked out here, so that nothing is guessed later. */
import type { ConvolutionOptions, Padding, PoolingOptions, Shape } from '../../shared/network/ops.ts';
import type { TfType } from '../tensorflow.ts';
import type { Attributes, Graph, GraphTensor } from './graph.ts';

const FLOAT: Attributes = { T: { type: 'float' } };
const NHWC = { data_format: { text: 'NHWC' } } as const;
const INDEX: Attributes = { Tidx: { type: 'int32' } };

/** A constant of any shape. */
export function constant(graph: Graph, data: Float32Array | Int32Array, shape: Shape = []): GraphTensor {
  const dtype: TfType = data instanceof Int32Array ? 'int32' : 'float';
  return one(
    graph.add('Const', [], {
      attributes: { dtype: { type: dtype }, value: { tensor: { dtype, shape, data } } },
      outputs: [{ dtype, shape }],
    }),
  );
}
export const scalar = (graph: Graph, value: number): GraphTensor => constant(graph, Float32Array.of(value));
export const ints = (graph: Graph, values: readonly number[]): GraphTensor =>
  constant(graph, Int32Array.from(values), [values.length]);

/** A value that is fed at each run. */
export function placeholder(
  graph: Graph,
  { name, dtype, shape }: { name: string; dtype: TfType; shape: Shape },
): GraphTensor {
  return one(
    graph.add('Placeholder', [], {
      name,
      attributes: { dtype: { type: dtype }, shape: { shape } },
      outputs: [{ dtype, shape }],
    }),
  );
}

/** An elementwise operation of one input. */
export function unary(graph: Graph, op: string, x: GraphTensor): GraphTensor {
  return one(
    graph.add(op, [x], {
      attributes: { T: { type: x.dtype } },
      outputs: [{ dtype: x.dtype, shape: x.shape }],
    }),
  );
}

/** An elementwise operation of two inputs that broadcasts as NumPy does. */
export function binary(graph: Graph, op: string, [a, b]: readonly [GraphTensor, GraphTensor]): GraphTensor {
  return one(
    graph.add(op, [a, b], {
      attributes: { T: { type: a.dtype } },
      outputs: [{ dtype: a.dtype, shape: broadcastShape(a.shape, b.shape) }],
    }),
  );
}
export const add = (graph: Graph, a: GraphTensor, b: GraphTensor) => binary(graph, 'AddV2', [a, b]);
export const subtract = (graph: Graph, a: GraphTensor, b: GraphTensor) => binary(graph, 'Sub', [a, b]);
export const multiply = (graph: Graph, a: GraphTensor, b: GraphTensor) => binary(graph, 'Mul', [a, b]);
export const divide = (graph: Graph, a: GraphTensor, b: GraphTensor) => binary(graph, 'RealDiv', [a, b]);

export function cast(graph: Graph, x: GraphTensor, dtype: TfType): GraphTensor {
  const attributes: Attributes = {
    SrcT: { type: x.dtype },
    DstT: { type: dtype },
    Truncate: { bool: false },
  };
  return one(graph.add('Cast', [x], { attributes, outputs: [{ dtype, shape: x.shape }] }));
}

/** 1.0 where the comparison holds, else 0.0. */
export function compare(
  graph: Graph,
  op: 'GreaterEqual' | 'Equal',
  [a, b]: readonly [GraphTensor, GraphTensor],
): GraphTensor {
  const shape = broadcastShape(a.shape, b.shape);
  const attributes: Attributes =
    op === 'Equal'
      ? { T: { type: a.dtype }, incompatible_shape_error: { bool: true } }
      : { T: { type: a.dtype } };
  return cast(
    graph,
    one(graph.add(op, [a, b], { attributes, outputs: [{ dtype: 'bool', shape }] })),
    'float',
  );
}

export interface MatMulOptions {
  transposeA?: boolean;
  transposeB?: boolean;
}
export function matMul(
  graph: Graph,
  [a, b]: readonly [GraphTensor, GraphTensor],
  options: MatMulOptions = {},
): GraphTensor {
  const { transposeA = false, transposeB = false } = options;
  const shape = [a.shape[transposeA ? 1 : 0]!, b.shape[transposeB ? 0 : 1]!];
  const attributes: Attributes = {
    ...FLOAT,
    transpose_a: { bool: transposeA },
    transpose_b: { bool: transposeB },
  };
  return one(graph.add('MatMul', [a, b], { attributes, outputs: [{ shape }] }));
}

export const biasAdd = (graph: Graph, x: GraphTensor, bias: GraphTensor): GraphTensor =>
  one(graph.add('BiasAdd', [x, bias], { attributes: { ...FLOAT, ...NHWC }, outputs: [{ shape: x.shape }] }));

/** Attributes that a convolution and its two gradients share. */
export function convolutionAttributes(options: ConvolutionOptions): Attributes {
  return {
    ...FLOAT,
    ...NHWC,
    strides: { ints: [1, ...options.strides, 1] },
    dilations: { ints: [1, ...options.dilationRate, 1] },
    padding: paddingAttribute(options.padding),
    explicit_paddings: { ints: [] },
  };
}

/** Attributes that a pooling and its gradient share. */
export function poolingAttributes(options: PoolingOptions): Attributes {
  return {
    ...FLOAT,
    ...NHWC,
    ksize: { ints: [1, ...options.poolSize, 1] },
    strides: { ints: [1, ...options.strides, 1] },
    padding: paddingAttribute(options.padding),
  };
}

const paddingAttribute = (padding: Padding) => ({ text: padding.toUpperCase() });

/** Sizes at run time, int32. */
export const shapeOf = (graph: Graph, x: GraphTensor): GraphTensor =>
  one(
    graph.add('Shape', [x], {
      attributes: { T: { type: x.dtype }, out_type: { type: 'int32' } },
      outputs: [{ dtype: 'int32', shape: [x.shape.length] }],
    }),
  );

/** `shape` with the batch; one axis may be -1. */
export function reshape(graph: Graph, x: GraphTensor, shape: Shape): GraphTensor {
  if (x.shape.join() === shape.join()) return x;
  return one(
    graph.add('Reshape', [x, ints(graph, shape)], {
      attributes: { T: { type: x.dtype }, Tshape: { type: 'int32' } },
      outputs: [{ dtype: x.dtype, shape }],
    }),
  );
}

/** Sum or mean over `axes`. */
export function reduce(
  graph: Graph,
  op: 'Sum' | 'Mean',
  { x, axes, keepDims = false }: { x: GraphTensor; axes: readonly number[]; keepDims?: boolean },
): GraphTensor {
  const shape = x.shape.flatMap((size, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [size]));
  return one(
    graph.add(op, [x, ints(graph, axes)], {
      attributes: { ...FLOAT, ...INDEX, keep_dims: { bool: keepDims } },
      outputs: [{ shape }],
    }),
  );
}

/** Repeats axes of size 1 to the run-time shape of `like`. */
export function broadcastLike(graph: Graph, x: GraphTensor, like: GraphTensor): GraphTensor {
  return one(
    graph.add('BroadcastTo', [x, shapeOf(graph, like)], {
      attributes: { ...FLOAT, ...INDEX },
      outputs: [{ shape: like.shape }],
    }),
  );
}

/** Sums `x` down to `shape`: the gradient of broadcasting. */
export function sumTo(graph: Graph, x: GraphTensor, shape: Shape): GraphTensor {
  const extra = x.shape.length - shape.length;
  const axes = x.shape.flatMap((size, axis) =>
    axis < extra || (shape[axis - extra] === 1 && size !== 1) ? [axis] : [],
  );
  return axes.length === 0 ? x : reshape(graph, reduce(graph, 'Sum', { x, axes }), shape);
}

/** Index of the largest value along the last axis, int32. */
export function argMax(graph: Graph, x: GraphTensor): GraphTensor {
  const attributes: Attributes = { ...FLOAT, ...INDEX, output_type: { type: 'int32' } };
  const axis = constant(graph, Int32Array.of(x.shape.length - 1));
  return one(
    graph.add('ArgMax', [x, axis], {
      attributes,
      outputs: [{ dtype: 'int32', shape: x.shape.slice(0, -1) }],
    }),
  );
}

/** Scalars as one vector. */
export function pack(graph: Graph, values: readonly GraphTensor[]): GraphTensor {
  const dtype = values[0]!.dtype;
  const attributes: Attributes = { N: { int: values.length }, T: { type: dtype }, axis: { int: 0 } };
  return one(graph.add('Pack', values, { attributes, outputs: [{ dtype, shape: [values.length] }] }));
}

/** The only output of a node. */
export const one = (node: { outputs: readonly GraphTensor[] }): GraphTensor => node.outputs[0]!;

function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [x, y] = [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1];
    return x === 1 ? y : x;
  });
}
