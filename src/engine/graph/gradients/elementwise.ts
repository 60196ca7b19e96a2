/** Gradients of elementwise operations; d is the incoming gradient, y the output. */
import * as k from '../kernels.ts';
import type { Graph, GraphTensor } from '../graph.ts';
import type { GradientContext, GradientRule, GradientRules } from './rule.ts';

/** A fused kernel `op(y, d)` or `op(d, y)`. */
const fromOutput =
  (op: string, order: 'yd' | 'dy'): GradientRule =>
  ({ graph, node, gradient }) => {
    const y = node.outputs[0]!;
    return [k.binary(graph, op, order === 'yd' ? [y, gradient] : [gradient, y])];
  };

/** The two gradients of a broadcasting operation, summed back to the inputs' shapes. */
function broadcasting(
  parts: (context: GradientContext) => readonly [() => GraphTensor, () => GraphTensor],
): GradientRule {
  return (context) =>
    parts(context).map((part, index) =>
      context.isWanted(index) ? k.sumTo(context.graph, part(), context.node.inputs[index]!.shape) : null,
    );
}

/** Passes the gradient on where the first input is what came out; the second is a constant limit. */
const limiting =
  (op: 'Maximum' | 'Minimum'): GradientRule =>
  ({ graph, node, gradient }) => {
    const [x, limit] = node.inputs as [GraphTensor, GraphTensor];
    const order = op === 'Maximum' ? ([x, limit] as const) : ([limit, x] as const);
    return [k.multiply(graph, gradient, k.compare(graph, 'GreaterEqual', order)), null];
  };

const times = (graph: Graph, x: GraphTensor, factor: number) => k.multiply(graph, x, k.scalar(graph, factor));

export const elementwiseGradients: GradientRules = {
  AddV2: broadcasting(({ gradient }) => [() => gradient, () => gradient]),
  Sub: broadcasting(({ graph, gradient }) => [() => gradient, () => k.unary(graph, 'Neg', gradient)]),
  Mul: broadcasting(({ graph, node, gradient }) => {
    const [a, b] = node.inputs as [GraphTensor, GraphTensor];
    return [() => k.multiply(graph, gradient, b), () => k.multiply(graph, gradient, a)];
  }),
  RealDiv: broadcasting(({ graph, node, gradient }) => {
    const [, b] = node.inputs as [GraphTensor, GraphTensor];
    const y = node.outputs[0]!;
    return [
      () => k.divide(graph, gradient, b),
      () => k.unary(graph, 'Neg', k.divide(graph, k.multiply(graph, gradient, y), b)),
    ];
  }),
  Identity: ({ gradient }) => [gradient],
  Square: ({ graph, node, gradient }) => [k.multiply(graph, gradient, times(graph, node.inputs[0]!, 2))],
  Abs: ({ graph, node, gradient }) => [k.multiply(graph, gradient, k.unary(graph, 'Sign', node.inputs[0]!))],
  Log: ({ graph, node, gradient }) => [k.divide(graph, gradient, node.inputs[0]!)],
  Maximum: limiting('Maximum'),
  Minimum: limiting('Minimum'),
  Rsqrt: fromOutput('RsqrtGrad', 'yd'),
  Relu: fromOutput('ReluGrad', 'dy'),
  Elu: fromOutput('EluGrad', 'dy'),
  Sigmoid: fromOutput('SigmoidGrad', 'yd'),
  Tanh: fromOutput('TanhGrad', 'yd'),
  LeakyRelu({ graph, node, gradient }) {
    const x = node.inputs[0]!;
    return [
      k.one(
        graph.add('LeakyReluGrad', [gradient, x], {
          attributes: node.attributes,
          outputs: [{ shape: x.shape }],
        }),
      ),
    ];
  },
  /** d erf(x)/dx = 2/sqrt(pi) exp(-x^2). */
  Erf({ graph, node, gradient }) {
    const bell = k.unary(graph, 'Exp', k.unary(graph, 'Neg', k.unary(graph, 'Square', node.inputs[0]!)));
    return [k.multiply(graph, gradient, times(graph, bell, 2 / Math.sqrt(Math.PI)))];
  },
  /** (d - sum(d y)) y, along the last axis. */
  Softmax({ graph, node, gradient }) {
    const y = node.outputs[0]!;
    const inner = k.reduce(graph, 'Sum', {
      x: k.multiply(graph, gradient, y),
      axes: [y.shape.length - 1],
      keepDims: true,
    });
    return [k.multiply(graph, k.subtract(graph, gradient, inner), y)];
  },
};
