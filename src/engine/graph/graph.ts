/** A TensorFlow graph as plain data: nodes with typed, shaped outputs. Building one runs nothing. */
import type { Shape, Tensor } from '../../shared/network/ops.ts';
import type { TensorData, TfType } from '../tensorflow.ts';

/** Attributes of a node, by the names of TensorFlow's op definitions. */
export type Attribute =
  | { type: TfType }
  | { int: number }
  | { float: number }
  | { bool: boolean }
  | { text: string }
  | { ints: readonly number[] }
  | { shape: Shape }
  | { tensor: { dtype: TfType; shape: Shape; data: TensorData } };
export type Attributes = Readonly<Record<string, Attribute>>;

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly GraphTensor[];
  /** Nodes that must have run before this one. */
  readonly after: readonly GraphNode[];
  readonly attributes: Attributes;
  readonly outputs: readonly GraphTensor[];
}

/** One output of a node. In `shape`, -1 is the batch. */
export interface GraphTensor extends Tensor {
  readonly node: GraphNode;
  readonly index: number;
  readonly dtype: TfType;
}

export interface NodeOptions {
  attributes?: Attributes;
  /** Type and shape of each output; none for operations run for their effect. */
  outputs?: readonly { dtype?: TfType; shape: Shape }[];
  /** Chosen from the op's name if absent. */
  name?: string;
  after?: readonly GraphNode[];
}

/** Nodes in the order they were added: every input stands before its reader. */
export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly #names = new Set<string>();

  /** Adds a node and gives its outputs. */
  add(op: string, inputs: readonly GraphTensor[], options: NodeOptions = {}): GraphNode {
    const outputs: GraphTensor[] = [];
    const { attributes = {}, after = [] } = options;
    const node: GraphNode = {
      name: this.#uniqueName(options.name ?? op),
      op,
      inputs,
      after,
      attributes,
      outputs,
    };
    options.outputs?.forEach(({ dtype = 'float', shape }, index) =>
      outputs.push({ node, index, dtype, shape }),
    );
    this.nodes.push(node);
    return node;
  }

  #uniqueName(wanted: string): string {
    let name = wanted;
    for (let i = 1; this.#names.has(name); i++) name = `${wanted}_${i}`;
    this.#names.add(name);
    return name;
  }
}

/** The name by which a tensor is read or fetched: `node:output`. */
export const tensorName = (tensor: GraphTensor): string => `${tensor.node.name}:${tensor.index}`;
