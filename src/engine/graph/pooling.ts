/** Pooling of images, and the order of operations that trains faster. */
import type { PoolingOptions } from '../../shared/network/ops.ts';
import { slide } from '../../shared/network/layer.ts';
import type { Graph, GraphTensor } from './graph.ts';
import * as k from './kernels.ts';

interface Pooling {
  x: GraphTensor;
  options: PoolingOptions;
}

/** Largest value or mean of each window, `[batch, h, w, c] -> [batch, h', w', c]`. */
export function pool(graph: Graph, op: 'MaxPool' | 'AvgPool', { x, options }: Pooling): GraphTensor {
  const size = slide([x.shape[1]!, x.shape[2]!], {
    window: options.poolSize,
    strides: options.strides,
    padding: options.padding,
  });
  const attributes = {
    ...k.poolingAttributes(options),
    ...(op === 'MaxPool' ? { explicit_paddings: { ints: [] } } : {}),
  };
  return k.one(graph.add(op, [x], { attributes, outputs: [{ shape: [-1, ...size, x.shape[3]!] }] }));
}

/** Activations that never decrease. */
const MONOTONE = ['Relu', 'LeakyRelu', 'Elu', 'Sigmoid', 'Tanh'];

/**
 * The same result with the pooling moved before a bias and a monotone activation: max(f(x)) = f(max(x)), and a bias is
 * the same over the window. Bias, activation and above all their gradients then work on a quarter of the values, which
 * in a small CNN is most of the memory that a step moves. (A fused convolution would be better off without it at inference.)
 */
export function poolEarly(graph: Graph, op: 'MaxPool', { x, options }: Pooling): GraphTensor {
  const { node } = x;
  if (MONOTONE.includes(node.op)) {
    const inner = poolEarly(graph, op, { x: node.inputs[0]!, options });
    return k.one(
      graph.add(node.op, [inner], { attributes: node.attributes, outputs: [{ shape: inner.shape }] }),
    );
  }
  if (node.op === 'BiasAdd')
    return k.biasAdd(graph, poolEarly(graph, op, { x: node.inputs[0]!, options }), node.inputs[1]!);
  return pool(graph, op, { x, options });
}
