/** Gradients of pooling, normalisation, reductions and changes of shape. */
import * as k from '../kernels.ts';
import type { GraphTensor } from '../graph.ts';
import type { GradientRules } from './rule.ts';

export const structuralGradients: GradientRules = {
  MaxPool({ graph, node, gradient }) {
    const x = node.inputs[0]!;
    const inputs = [x, node.outputs[0]!, gradient];
    return [k.one(graph.add('MaxPoolGrad', inputs, { attributes: node.attributes, outputs: [{ shape: x.shape }] }))];
  },
  AvgPool({ graph, node, gradient }) {
    const x = node.inputs[0]!;
    return [k.one(graph.add('AvgPoolGrad', [k.shapeOf(graph, x), gradient], { attributes: node.attributes, outputs: [{ shape: x.shape }] }))];
  },
  FusedBatchNormV3({ graph, node, gradient }) {
    const [x, gamma] = node.inputs as [GraphTensor, GraphTensor];
    const { exponential_avg_factor: _unused, ...attributes } = node.attributes;
    const vector = { shape: gamma.shape };
    const { outputs } = graph.add('FusedBatchNormGradV3', [gradient, x, gamma, ...node.outputs.slice(3)], {
      attributes,
      outputs: [{ shape: x.shape }, vector, vector, { shape: [0] }, { shape: [0] }],
    });
    return [outputs[0]!, outputs[1]!, outputs[2]!, null, null];
  },
  Reshape: ({ graph, node, gradient }) => [k.reshape(graph, gradient, node.inputs[0]!.shape), null],
  Sum: ({ graph, node, gradient }) => [spread(graph, gradient, node.inputs[0]!), null],
  Mean({ graph, node, gradient }) {
    const x = node.inputs[0]!;
    const count = k.divide(graph, sizeOf(graph, x), sizeOf(graph, node.outputs[0]!));
    return [k.divide(graph, spread(graph, gradient, x), count), null];
  },
  /** L2Loss(x) = sum(x^2) / 2. */
  L2Loss: ({ graph, node, gradient }) => [k.multiply(graph, node.inputs[0]!, gradient)],
};

/** Repeats a reduced gradient over the axes that were reduced. */
function spread(graph: Parameters<typeof k.scalar>[0], gradient: GraphTensor, like: GraphTensor): GraphTensor {
  const node = gradient.node;
  const kept = gradient.shape.length === like.shape.length ? gradient : k.reshape(graph, gradient, keptShape(gradient, like));
  return node.op === 'BroadcastTo' && kept.shape.join() === like.shape.join() ? kept : k.broadcastLike(graph, kept, like);
}

/** The shape that the reduction would have had with keepDims: sizes match in order, what is left over is 1. */
function keptShape(gradient: GraphTensor, like: GraphTensor): number[] {
  const sizes = [...gradient.shape];
  return like.shape.map((size) => (sizes[0] === size ? sizes.shift()! : 1));
}

/** Number of elements at run time, float. */
function sizeOf(graph: Parameters<typeof k.scalar>[0], x: GraphTensor): GraphTensor {
  const attributes = { T: { type: x.dtype }, out_type: { type: 'int32' } } as const;
  return k.cast(graph, k.one(graph.add('Size', [x], { attributes, outputs: [{ dtype: 'int32', shape: [] }] })), 'float');
}
