/** Reverse-mode differentiation of a Graph (Linnainmaa 1970): every operation's rule, and the walk that applies them. */
import type { Graph, GraphNode, GraphTensor } from '../graph.ts';
import * as k from '../kernels.ts';
import { elementwiseGradients } from './elementwise.ts';
import { linearGradients } from './linear.ts';
import { lossGradients } from './losses.ts';
import type { GradientRules } from './rule.ts';
import { structuralGradients } from './structural.ts';

const rules: GradientRules = {
  ...elementwiseGradients,
  ...linearGradients,
  ...structuralGradients,
  ...lossGradients,
};

/**
 * Adds the nodes that compute d loss / d x for each x of `by`, and gives them in that order. `loss` is a scalar.
 * An x that the loss does not depend on gets zeros. Throws if an operation on the way has no rule.
 */
export function gradients(graph: Graph, loss: GraphTensor, by: readonly GraphTensor[]): GraphTensor[] {
  const wanted = nodesThatDependOn(graph, by);
  const collected = new Map<GraphTensor, GraphTensor[]>([[loss, [k.scalar(graph, 1)]]]);
  const total = (tensor: GraphTensor): GraphTensor | undefined => sum(graph, collected.get(tensor) ?? []);
  // A copy, because the walk adds nodes; backwards, so that a node comes after everything that reads it.
  for (const node of [...graph.nodes].reverse()) {
    const gradient =
      node.outputs[0] && wanted.has(node) && !by.includes(node.outputs[0])
        ? total(node.outputs[0])
        : undefined;
    if (!gradient) continue;
    const rule = rules[node.op];
    if (!rule) throw new Error(`The operation ${node.op} has no gradient rule.`);
    const isWanted = (index: number) => wanted.has(node.inputs[index]!.node);
    rule({ graph, node, gradient, isWanted }).forEach((contribution, index) => {
      const input = node.inputs[index]!;
      if (contribution && isWanted(index))
        collected.set(input, [...(collected.get(input) ?? []), contribution]);
    });
  }
  return by.map((tensor) => total(tensor) ?? k.multiply(graph, tensor, k.scalar(graph, 0)));
}

/** Nodes that depend on any of `sources` through real numbers: only these carry gradients; sizes and comparisons do not. */
function nodesThatDependOn(graph: Graph, sources: readonly GraphTensor[]): Set<GraphNode> {
  const found = new Set(sources.map((tensor) => tensor.node));
  for (const node of graph.nodes) {
    const isReal = node.outputs[0]?.dtype === 'float';
    if (isReal && node.inputs.some((input) => found.has(input.node))) found.add(node);
  }
  return found;
}

function sum(graph: Graph, parts: readonly GraphTensor[]): GraphTensor | undefined {
  return parts.length < 2 ? parts[0] : parts.reduce((a, b) => k.add(graph, a, b));
}
