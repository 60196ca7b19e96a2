/** The benchmark compares equals: from the same weights on the same batch, every library's first losses are ours. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../../bench/contenders/protocol.ts';
import { makeScratch, readSamples, writePack } from '../../../bench/lib/data.ts';
import { makeTask } from '../../../bench/lib/tasks.ts';
import { TrainingSession } from '../../../src/engine/training-session.ts';
import type { RecipeId } from '../../../src/shared/domain/recipes.ts';
import type { TrainingConfig } from '../../../src/shared/domain/training.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const PYTHON = process.env.DIGIT_STUDIO_PEERS_PYTHON ?? join(ROOT, '.cache/peers/bin/python');
const STEPS = 5;
/** The pack holds one batch: every step sees the same images, in whatever order a library shuffles them. */
const BATCH_SIZE = 64;
/**
 * Relative. Float32 sums in another order drift apart a little with every step, and batch normalisation magnifies what
 * happens in channels that hardly vary.
 */
const TOLERANCE: Partial<Record<RecipeId, number>> = { best: 5e-3 };
const DEFAULT_TOLERANCE = 2e-4;
/** PyTorch adds epsilon in another place of its adaptive formulas: compared by an optimizer on which all agree. */
const MOMENTUM = { type: 'sgd', momentum: 0.9, nesterov: false } as const;

interface Peer {
  module: string;
  options: readonly string[];
  optimizer?: TrainingConfig['optimizer'];
}
const PEERS: readonly Peer[] = [
  { module: 'keras_peer', options: [] },
  { module: 'torch_peer', options: [], optimizer: MOMENTUM },
  { module: 'torch_peer', options: ['compile'], optimizer: MOMENTUM },
  { module: 'jax_peer', options: [] },
];

/**
 * Dropout draws its own numbers in every library. Averages change no loss, but Keras puts them in the weights' place at
 * the end of every `fit`.
 */
function withoutChance(task: Task, { optimizer = task.config.optimizer }: Peer): Task {
  const still = <Layer extends { type: string }>(layer: Layer, change: (layer: Layer) => Layer) =>
    layer.type === 'dropout' ? change(layer) : layer;
  const layers = task.layers.map((layer) => still(layer, (l) => ({ ...l, config: { rate: 0 } })));
  const network = {
    ...task.spec,
    layers: task.spec.layers.map((layer) => still(layer, (l) => ({ ...l, rate: 0 }))),
  };
  const config = { ...task.config, network, optimizer, emaDecay: undefined };
  return { ...task, layers, spec: network, config };
}

function ourLosses({ config, weights, data }: Task): { losses: number[]; parameters: number } {
  const bytes = new Uint8Array(readFileSync(data.path));
  const images = bytes.subarray(0, BATCH_SIZE * 784);
  const labels = Int32Array.from({ length: BATCH_SIZE }, (_, i) => bytes[BATCH_SIZE * 784 + 2 * i]!);
  const session = new TrainingSession(config);
  try {
    session.initialize(1, new Float32Array(new Uint8Array(readFileSync(weights)).buffer));
    const { learningRate } = config;
    const losses = Array.from(
      { length: STEPS },
      (_, i) => session.step({ images, labels }, { step: i + 1, learningRate }).loss,
    );
    return { losses, parameters: session.network.parameters };
  } finally {
    session.dispose();
  }
}

describe.each<RecipeId>(['mlp-512', 'light-cnn', 'deep-cnn', 'best'])('%s', (recipe) => {
  it.each(PEERS)('in $module $options', (peer) => {
    const { module, options } = peer;
    const scratch = makeScratch();
    try {
      const data = writePack(readSamples(), join(scratch.folder, 'pack'), BATCH_SIZE);
      const setup = { kind: 'train', recipe, batchSize: BATCH_SIZE, data, threads: 2 } as const;
      const task = withoutChance(makeTask({ ...setup, scratch: scratch.folder }).task, peer);
      const ours = ourLosses(task);
      const input = JSON.stringify({ module, options, steps: STEPS, task });
      const env = {
        ...process.env,
        TF_CPP_MIN_LOG_LEVEL: '3',
        TF_NUM_INTRAOP_THREADS: '2',
        JAX_PLATFORMS: 'cpu',
      };
      const script = join(import.meta.dirname, 'first_losses.py');
      const output = execFileSync(PYTHON, ['-B', script], { input, encoding: 'utf8', env });
      const theirs = JSON.parse(output.trim().split('\n').at(-1)!) as {
        parameters: number;
        losses: Record<string, number[]>;
      };
      expect(theirs.parameters).toBe(ours.parameters);
      for (const [variant, losses] of Object.entries(theirs.losses)) {
        losses.forEach((loss, step) => {
          const difference = Math.abs(loss - ours.losses[step]!) / ours.losses[step]!;
          const tolerance = TOLERANCE[recipe] ?? DEFAULT_TOLERANCE;
          expect(difference, `${variant}, step ${step + 1}: ${loss}, ours ${ours.losses[step]}`).toBeLessThan(
            tolerance,
          );
        });
      }
    } finally {
      scratch.remove();
    }
  });
});
