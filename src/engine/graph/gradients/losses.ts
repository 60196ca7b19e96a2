/** Gradients of the fused loss kernels, which give their own gradient as a second output. */
import * as k from '../kernels.ts';
import type { GraphTensor } from '../graph.ts';
import type { GradientRule, GradientRules } from './rule.ts';

/** The kernel's gradient is per sample; the incoming one `[batch]` scales it. */
const fusedCrossEntropy: GradientRule = ({ graph, node, gradient }) => {
  const perSample = k.reshape(graph, gradient, [-1, 1]);
  return [k.multiply(graph, perSample, node.outputs[1]!), null];
};

export const lossGradients: GradientRules = {
  SparseSoftmaxCrossEntropyWithLogits: fusedCrossEntropy,
  SoftmaxCrossEntropyWithLogits: fusedCrossEntropy,
  /** d softplus(x)/dx = sigmoid(x). */
  Softplus: ({ graph, node, gradient }) => [
    k.multiply(graph, gradient, k.unary(graph, 'Sigmoid', node.inputs[0] as GraphTensor)),
  ],
};
