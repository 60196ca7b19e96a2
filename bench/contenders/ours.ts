/** Our training: the session and the batch source of the trainer, in the trainer's loop. `standard` augments. */
import { readFileSync } from 'node:fs';
import { createBatchSource } from '../../src/engine/batches/batch-source.ts';
import { closePack, openPack } from '../../src/engine/batches/pack.ts';
import { tensorflowVersion } from '../../src/engine/tensorflow.ts';
import { nextTurn } from '../../src/engine/training/turn.ts';
import { TrainingSession } from '../../src/engine/training-session.ts';
import { augmentationPreset } from '../../src/shared/augment/presets.ts';
import { DIGIT_CLASSES } from '../../src/shared/domain/dataset.ts';
import { answerMessages, type Runner } from './answer.ts';
import type { Task } from './protocol.ts';

const WARM_UP_STEPS = 10;
const SEED = 1;
const augmentation = process.argv[2] === 'standard' ? augmentationPreset('standard') : undefined;

async function prepare({ config, batchSize, data, weights }: Task): Promise<Runner> {
  const session = new TrainingSession(config);
  session.initialize(SEED, new Float32Array(new Uint8Array(readFileSync(weights)).buffer));
  const pack = await openPack({ ...data, classes: DIGIT_CLASSES.length });
  const source = createBatchSource({
    pack,
    rows: Uint32Array.from({ length: data.count }, (_, row) => row),
    batchSize,
    seed: SEED,
    augmentation,
  });
  let done = 0;

  const step = async () => {
    const batch = await source.next();
    try {
      const { loss } = session.step(batch, { step: ++done, learningRate: config.learningRate });
      if (!Number.isFinite(loss)) throw new Error(`the loss became ${loss} in step ${done}`);
      return { images: batch.labels.length, loss };
    } finally {
      batch.release();
      await nextTurn();
    }
  };
  const round = async (steps: number) => {
    const startedAt = performance.now();
    let images = 0;
    let lossSum = 0;
    for (let i = 0; i < steps; i++) {
      const done = await step();
      images += done.images;
      lossSum += done.loss;
    }
    return { images, seconds: (performance.now() - startedAt) / 1000, loss: lossSum / steps };
  };

  await round(WARM_UP_STEPS);
  return {
    ready: { parameters: session.network.parameters, note: `TensorFlow ${tensorflowVersion()}` },
    round,
    close: async () => {
      await source.close();
      closePack(pack);
      session.dispose();
    },
  };
}

await answerMessages(prepare);
