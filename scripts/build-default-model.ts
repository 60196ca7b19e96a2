/**
 * Trains the bundled model `default` and writes it to resources/default-model. Needs MNIST's four IDX files (gzip):
 *   node scripts/build-default-model.ts <mnist folder> [--epochs N]
 * The same data, seed and library give the same weights. MNIST's test set is only looked at once, at the end.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { DIGIT_CLASSES } from '../src/shared/domain/dataset.ts';
import { DEFAULT_MODEL, type ModelCard } from '../src/shared/domain/model.ts';
import { stratifiedSplit } from '../src/shared/domain/splits.ts';
import { resolveTrainingRequest } from '../src/shared/domain/training-request.ts';
import { toLayersModel } from '../src/shared/network/keras-format.ts';
import { resolveNetwork } from '../src/shared/network/resolve.ts';
import { InferenceSession } from '../src/engine/inference-session.ts';
import { tensorflowVersion } from '../src/engine/tensorflow.ts';
import { train } from '../src/engine/training/trainer.ts';

const SEED = 20261123;
const RECIPE = 'light-cnn';
const VALIDATION_SPLIT = 0.05;
const IMAGES_HEADER = 16;
const LABELS_HEADER = 8;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { epochs: { type: 'string', default: '12' } },
});
const folder = positionals[0];
if (!folder) throw new Error('Usage: node scripts/build-default-model.ts <mnist folder> [--epochs N]');

const unpack = (name: string, header: number) =>
  gunzipSync(readFileSync(join(folder, name))).subarray(header);
const images = unpack('train-images-idx3-ubyte.gz', IMAGES_HEADER);
const labels = unpack('train-labels-idx1-ubyte.gz', LABELS_HEADER);

const scratch = mkdtempSync(join(tmpdir(), 'digit-studio-model-'));
try {
  const path = join(scratch, 'pack');
  writeFileSync(path, Buffer.concat([images, new Uint8Array(Uint16Array.from(labels).buffer)]));
  await build(path);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function build(path: string): Promise<void> {
  const request = {
    dataset: 'mnist',
    recipe: RECIPE,
    epochs: Number(values.epochs),
    augmentation: 'standard',
    patience: 0,
    seed: SEED,
  };
  const { config: recipe } = resolveTrainingRequest(request, { classes: DIGIT_CLASSES.length });
  const config = {
    ...recipe,
    schedule: { type: 'cosine' as const, warmupEpochs: 1, finalFraction: 0 },
    learningRate: 2e-3,
    emaDecay: 0.999,
  };
  const { rest: trainRows, held: validationRows } = stratifiedSplit(labels, VALIDATION_SPLIT, SEED);
  const data = { path, count: labels.length, classes: DIGIT_CLASSES.length };
  const outcome = await train(
    { run: DEFAULT_MODEL, config, data, trainRows, validationRows },
    {
      now: () => performance.now(),
      isStopped: () => false,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onEpoch: ({ metrics }) => console.error(JSON.stringify(metrics)),
    },
  );
  const accuracy = testAccuracy(config.network, outcome.weights);
  const parameters = resolveNetwork(config.network).parameters;
  const { network, ...settings } = config;
  const card: ModelCard = {
    name: DEFAULT_MODEL,
    classes: [...DIGIT_CLASSES],
    recipe: RECIPE,
    createdAt: 0,
    parameters,
    seed: SEED,
    run: null,
    parent: null,
    data: {
      dataset: 'MNIST (training part)',
      fingerprint: createHash('sha256').update(images).update(labels).digest('hex'),
    },
    metrics: { mnistTestAccuracy: accuracy },
    settings: { ...settings, tensorflow: tensorflowVersion() },
  };
  write(card, toLayersModel(network, outcome.weights));
  console.error(`MNIST test accuracy ${accuracy}`);
}

function testAccuracy(network: Parameters<typeof resolveNetwork>[0], weights: Uint8Array): number {
  const session = new InferenceSession(network as never, new Float32Array(weights.slice().buffer));
  const probabilities = session.predict(unpack('t10k-images-idx3-ubyte.gz', IMAGES_HEADER));
  const answers = unpack('t10k-labels-idx1-ubyte.gz', LABELS_HEADER);
  session.dispose();
  const classes = DIGIT_CLASSES.length;
  const right = answers.filter((label, i) => {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row)) === label;
  });
  return right.length / answers.length;
}

function write(card: ModelCard, { modelJson, weights }: ReturnType<typeof toLayersModel>): void {
  const target = join(import.meta.dirname, '../resources/default-model');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'model.json'), JSON.stringify(modelJson));
  writeFileSync(join(target, 'weights.bin'), weights);
  writeFileSync(join(target, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
}
