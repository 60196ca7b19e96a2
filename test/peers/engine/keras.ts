/** Asks Keras 3 in Python; and our networks and batches in the form in which it is asked. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Batch } from '../../../src/engine/training-session.ts';
import type { TrainingConfig } from '../../../src/shared/domain/training.ts';
import { layerNames, resolveNetwork } from '../../../src/shared/network/resolve.ts';

const PYTHON =
  process.env.DIGIT_STUDIO_PEERS_PYTHON ?? resolve(import.meta.dirname, '../../../.cache/peers/bin/python');
const ORACLE = resolve(import.meta.dirname, 'keras_oracle.py');
const ANSWER_BYTES = 2 ** 28;

/** Loading Keras takes seconds on a busy machine. */
export const PYTHON_START_MS = 180_000;

/** Keras's answers to `cases`, in their order (see keras_oracle.py). */
export function askKeras<Answer>(cases: readonly object[]): Answer[] {
  const input = JSON.stringify(cases);
  return JSON.parse(
    execFileSync(PYTHON, [ORACLE], { input, encoding: 'utf8', maxBuffer: ANSWER_BYTES, stdio: 'pipe' }),
  ) as Answer[];
}

export interface KerasCase {
  config: TrainingConfig;
  weights: Float32Array;
  batch: Batch;
}

/** A network, its weights one by one, a batch, and the settings of the loss. Class weights become sample weights, as in Keras's fit. */
export function kerasCase(kind: 'gradients' | 'steps', { config, weights, batch }: KerasCase) {
  const { network, classWeights, loss, labelSmoothing } = config;
  const resolved = resolveNetwork(network);
  const names = layerNames(network);
  const classes = resolved.outputShape[0]!;
  const labels = [...batch.labels];
  const factor = (label: number, i: number) => (classWeights?.[label] ?? 1) * (batch.sampleWeights?.[i] ?? 1);
  return {
    kind,
    inputShape: network.inputShape,
    layers: network.layers.map((layer, i) => ({ ...layer, name: names[i]! })),
    weights: resolved.weights.map(({ offset, size }) => [...weights.subarray(offset, offset + size)]),
    images: [...batch.images],
    targets: labels.map((label) => Array.from({ length: classes }, (_, k) => Number(k === label))),
    sampleWeights: labels.map(factor),
    loss,
    labelSmoothing,
  };
}
