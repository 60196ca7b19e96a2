/** What a gradient rule is: from the gradients of a node's outputs to the gradients of its inputs (reverse-mode differentiation). */
import type { Graph, GraphNode, GraphTensor } from '../graph.ts';

export interface GradientContext {
  graph: Graph;
  node: GraphNode;
  /** Gradient of the loss by output 0 of the node. */
  gradient: GraphTensor;
  /** Whether the gradient by input `index` is wanted; rules skip costly ones that are not. */
  isWanted(index: number): boolean;
}

/** Gives one gradient for each input; `null` where there is none or it is not wanted. */
export type GradientRule = (context: GradientContext) => readonly (GraphTensor | null)[];
export type GradientRules = Readonly<Record<string, GradientRule>>;
