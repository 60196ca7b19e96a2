/** Penalties on the weights and limits on the gradients. */
import type { TrainingConfig } from '../../shared/domain/training.ts';
import type { WeightSpec } from '../../shared/network/layer.ts';
import type { Graph, GraphTensor } from './graph.ts';
import * as k from './kernels.ts';
import type { Variable } from './variables.ts';

/** Sum of l1 * sum(|w|) + l2 * sum(w^2) over all weights that have a regularizer; undefined if none has. */
export function addPenalty(
  graph: Graph,
  specs: readonly WeightSpec[],
  weights: readonly Variable[],
): GraphTensor | undefined {
  const terms = specs.flatMap(({ regularizer }, index) => {
    const { value } = weights[index]!;
    const times = (x: GraphTensor, factor: number) => k.multiply(graph, x, k.scalar(graph, factor));
    return [
      ...(regularizer?.l1 ? [times(sumAll(graph, k.unary(graph, 'Abs', value)), regularizer.l1)] : []),
      // L2Loss is half the sum of squares.
      ...(regularizer?.l2 ? [times(l2Loss(graph, value), 2 * regularizer.l2)] : []),
    ];
  });
  return terms.length === 0 ? undefined : terms.reduce((sum, term) => k.add(graph, sum, term));
}

/** Limits each gradient's elements (`clipValue`), then the norm of all of them together (`clipNorm`; Pascanu et al. 2013). */
export function clipGradients(
  graph: Graph,
  gradients: readonly GraphTensor[],
  { clipValue, clipNorm }: Pick<TrainingConfig, 'clipValue' | 'clipNorm'>,
): readonly GraphTensor[] {
  let clipped = gradients;
  if (clipValue !== undefined) {
    const [low, high] = [k.scalar(graph, -clipValue), k.scalar(graph, clipValue)];
    clipped = clipped.map((gradient) =>
      k.binary(graph, 'Minimum', [k.binary(graph, 'Maximum', [gradient, low]), high]),
    );
  }
  if (clipNorm === undefined) return clipped;
  const squares = clipped
    .map((gradient) => l2Loss(graph, gradient))
    .reduce((sum, part) => k.add(graph, sum, part));
  const norm = k.unary(graph, 'Sqrt', k.multiply(graph, squares, k.scalar(graph, 2)));
  const limit = k.scalar(graph, clipNorm);
  const scale = k.divide(graph, limit, k.binary(graph, 'Maximum', [norm, limit]));
  return clipped.map((gradient) => k.multiply(graph, gradient, scale));
}

/** Half the sum of squares, a scalar. */
function l2Loss(graph: Graph, x: GraphTensor): GraphTensor {
  return k.one(graph.add('L2Loss', [x], { attributes: { T: { type: 'float' } }, outputs: [{ shape: [] }] }));
}

function sumAll(graph: Graph, x: GraphTensor): GraphTensor {
  return k.reduce(graph, 'Sum', { x, axes: x.shape.map((_, axis) => axis) });
}
