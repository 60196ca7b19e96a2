/** What the driver and a contender say to each other: one JSON object a line, an answer to every message. */
import type { TrainingConfig } from '../../src/shared/domain/training.ts';
import type { ResolvedNetwork } from '../../src/shared/network/resolve.ts';
import type { NetworkSpec } from '../../src/shared/network/spec.ts';

/** A network with every default filled in and every shape worked out: what a contender of any language builds from. */
export interface PlainLayer {
  type: string;
  name: string;
  config: unknown;
  inputs: readonly string[];
  /** Of its first input, without the batch. */
  inputShape: readonly number[];
  outputShape: readonly number[];
  /** Shapes of its weights, in the order of the weights file. */
  weights: readonly { name: string; shape: readonly number[] }[];
}

/** What to make ready. Contenders drop what they had before. */
export interface Task {
  kind: 'train' | 'predict' | 'peak';
  spec: NetworkSpec;
  layers: readonly PlainLayer[];
  /** Optimizer and the other settings; `augmentation` only for those who can. */
  config: TrainingConfig;
  batchSize: number;
  /** Pack file, see `dataPackSchema`. */
  data: { path: string; count: number };
  /** File with the starting weights, float32 in the network's order. */
  weights: string;
  threads: number;
}

export type Message = { prepare: Task } | { round: { steps: number } } | { check: { images: number } };

export interface Ready {
  /** Weights that the contender's own network has; null if it cannot tell. */
  parameters: number | null;
  /** Its version, and which way of running was fastest in its warm-up. */
  note: string;
}

/** One round's work. `images` is a number of multiply-adds times two for the peak. */
export interface Round {
  images: number;
  seconds: number;
  /** Mean loss of the round's steps, for training: everybody should be learning the same. */
  loss?: number;
  /** Milliseconds of each call, for inference. */
  latencies?: readonly number[];
}

export type Reply = { ready: Ready } | { result: Round } | { probabilities: number[] } | { error: string };

/** `network` as plain data. */
export function plainLayers(network: ResolvedNetwork): PlainLayer[] {
  return network.layers.map((layer) => ({
    type: layer.definition.type,
    name: layer.name,
    config: layer.config,
    inputs: layer.inputs,
    inputShape: layer.inputShapes[0]!,
    outputShape: layer.outputShape,
    weights: layer.weights.map(({ name, shape }) => ({ name, shape })),
  }));
}
