/** Gradients of pooling, normalisation, reductions and changes of shape. */
import * as k from '../kernels.ts';
import type { Graph, GraphNode, GraphTensor } from '../graph.ts';
import type { GradientRules } from './rule.ts';

export const structuralGradients: GradientRules = {
  MaxPool({ graph, node, gradient }) {
    const x = node.inputs[0]!;
    const inputs = [x, node.outputs[0]!, gradient];
    return [
      k.one(graph.add('MaxPoolGrad', inputs, { attributes: node.attributes, outputs: [{ shape: x.shape }] })),
    ];
  },
  AvgPool({ graph, node, gradient }) {
    const x = node.inputs[0]!;
    return [
      k.one(
        graph.add('AvgPoolGrad', [k.shapeOf(graph, x), gradient], {
          attributes: node.attributes,
          outputs: [{ shape: x.shape }],
        }),
      ),
    ];
  },
  FusedBatchNormV3({ graph, node, gradient }) {
    const [x, gamma] = node.inputs as [GraphTensor, GraphTensor];
    const attributes = Object.fromEntries(
      Object.entries(node.attributes).filter(([name]) => name !== 'exponential_avg_factor'),
    );
    const vector = { shape: gamma.shape };
    const { outputs } = graph.add('FusedBatchNormGradV3', [gradient, x, gamma, ...node.outputs.slice(3)], {
      attributes,
      outputs: [{ shape: x.shape }, vector, vector, { shape: [0] }, { shape: [0] }],
    });
    return [outputs[0]!, outputs[1]!, outputs[2]!, null, null];
  },
  Reshape: ({ graph, node, gradient }) => [k.reshape(graph, gradient, node.inputs[0]!.shape), null],
  Sum: ({ graph, node, gradient }) => [spread(graph, node, gradient), null],
  Mean({ graph, node, gradient }) {
    const count = k.divide(graph, sizeOf(graph, node.inputs[0]!), sizeOf(graph, node.outputs[0]!));
    return [k.divide(graph, spread(graph, node, gradient), count), null];
  },
  /** The kernel of a dilated convolution: its taps lie `strides` apart among zeros. */
  StridedSliceGrad({ graph, node, gradient }) {
    const [, begin, end, strides, taps] = node.inputs as [
      GraphTensor,
      GraphTensor,
      GraphTensor,
      GraphTensor,
      GraphTensor,
    ];
    const slice = graph.add('StridedSlice', [gradient, begin, end, strides], {
      attributes: node.attributes,
      outputs: [{ shape: taps.shape }],
    });
    return [null, null, null, null, k.one(slice)];
  },
  /** L2Loss(x) = sum(x^2) / 2. */
  L2Loss: ({ graph, node, gradient }) => [k.multiply(graph, node.inputs[0]!, gradient)],
};

/** Repeats the gradient of a reduction over the axes that were reduced. */
function spread(graph: Graph, reduction: GraphNode, gradient: GraphTensor): GraphTensor {
  const [x, axes] = reduction.inputs as [GraphTensor, GraphTensor];
  const reduced = constantInts(axes);
  const kept = x.shape.map((size, axis) => (reduced.includes(axis) ? 1 : size));
  return k.broadcastLike(graph, k.reshape(graph, gradient, kept), x);
}

/** The values of a constant that `kernels.ints` made. */
function constantInts(tensor: GraphTensor): readonly number[] {
  const value = tensor.node.attributes.value!;
  return 'tensor' in value ? [...value.tensor.data] : [];
}

/** Number of elements at run time, float. */
function sizeOf(graph: Graph, x: GraphTensor): GraphTensor {
  const attributes = { T: { type: x.dtype }, out_type: { type: 'int32' } } as const;
  return k.cast(
    graph,
    k.one(graph.add('Size', [x], { attributes, outputs: [{ dtype: 'int32', shape: [] }] })),
    'float',
  );
}
