/** Gradients of matrix products, convolutions and biases. */
import * as k from '../kernels.ts';
import type { GraphTensor } from '../graph.ts';
import type { GradientRule, GradientRules } from './rule.ts';

/** TensorFlow has a kernel for each of a convolution's two gradients; both take the sizes of what they rebuild. */
function convolution(backpropInput: string, backpropFilter: string): GradientRule {
  return ({ graph, node, gradient, isWanted }) => {
    const [x, kernel] = node.inputs as [GraphTensor, GraphTensor];
    const run = (op: string, inputs: readonly GraphTensor[], like: GraphTensor) =>
      k.one(graph.add(op, inputs, { attributes: node.attributes, outputs: [{ shape: like.shape }] }));
    return [
      isWanted(0) ? run(backpropInput, [k.shapeOf(graph, x), kernel, gradient], x) : null,
      isWanted(1) ? run(backpropFilter, [x, k.ints(graph, kernel.shape), gradient], kernel) : null,
    ];
  };
}

export const linearGradients: GradientRules = {
  MatMul({ graph, node, gradient, isWanted }) {
    const [a, b] = node.inputs as [GraphTensor, GraphTensor];
    return [
      isWanted(0) ? k.matMul(graph, [gradient, b], { transposeB: true }) : null,
      isWanted(1) ? k.matMul(graph, [a, gradient], { transposeA: true }) : null,
    ];
  },
  Conv2D: convolution('Conv2DBackpropInput', 'Conv2DBackpropFilter'),
  DepthwiseConv2dNative: convolution(
    'DepthwiseConv2dNativeBackpropInput',
    'DepthwiseConv2dNativeBackpropFilter',
  ),
  BiasAdd({ graph, node, gradient }) {
    const bias = node.inputs[1]!;
    return [
      gradient,
      k.one(
        graph.add('BiasAddGrad', [gradient], {
          attributes: node.attributes,
          outputs: [{ shape: bias.shape }],
        }),
      ),
    ];
  },
};
