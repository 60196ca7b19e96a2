/** tfjs-node as it comes: the same network as a LayersModel, compiled, `model.fit` on tensors in memory. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import util from 'node:util';
import type { io } from '@tensorflow/tfjs-core';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { TrainingConfig } from '../../src/shared/domain/training.ts';
import { IMAGE_PIXELS, IMAGE_SIDE } from '../../src/shared/domain/image.ts';
import { toLayersModel } from '../../src/shared/network/keras-format.ts';
import { answerMessages, type Runner } from './answer.ts';
import type { Task } from './protocol.ts';

// tfjs-node 4.22 calls this function, which Node 23 removed (tfjs issue 8609).
Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node') as typeof TensorFlow;

const WARM_UP_STEPS = 5;

async function prepare(task: Task): Promise<Runner> {
  const { config, batchSize, data } = task;
  const model = await loadModel(task);
  model.compile({
    optimizer: makeOptimizer(config),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const { images, labels } = loadData(data);

  const round = async (steps: number) => {
    const epochs = Math.ceil((steps * batchSize) / data.count);
    const count = Math.min(steps * batchSize, data.count);
    const x = images.slice([0], [count]);
    const y = labels.slice([0], [count]);
    const startedAt = performance.now();
    const { history } = await model.fit(x, y, { batchSize, epochs, verbose: 0 });
    const seconds = (performance.now() - startedAt) / 1000;
    tf.dispose([x, y]);
    const losses = history.loss as number[];
    return { images: epochs * count, seconds, loss: losses.reduce((sum, loss) => sum + loss, 0) / epochs };
  };

  await round(WARM_UP_STEPS);
  const left = [
    config.optimizer.type === 'adamw' ? 'Adam: it has no AdamW' : '',
    config.emaDecay === undefined ? '' : 'no averaged weights',
    config.labelSmoothing === 0 ? '' : 'no label smoothing',
  ].filter((note) => note !== '');
  return {
    ready: { parameters: model.countParams(), note: [`tfjs ${tf.version_core}`, ...left].join('; ') },
    round,
    close: async () => {
      model.dispose();
      tf.dispose([images, labels]);
    },
  };
}

async function loadModel({ spec, weights }: Task): Promise<TensorFlow.LayersModel> {
  const file = toLayersModel(spec, new Uint8Array(readFileSync(weights)));
  const { modelTopology, weightsManifest } = file.modelJson as {
    modelTopology: object;
    weightsManifest: { weights: io.WeightsManifestEntry[] }[];
  };
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  const weightData = file.weights.slice().buffer as ArrayBuffer;
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
}

/** Images as floats 0..255: the network's own rescaling layer makes them 0..1, as in the other contenders. */
function loadData({ path, count }: Task['data']) {
  const bytes = new Uint8Array(readFileSync(path));
  const pixels = Float32Array.from(bytes.subarray(0, count * IMAGE_PIXELS));
  const labels = Float32Array.from({ length: count }, (_, i) => bytes[count * IMAGE_PIXELS + 2 * i]!);
  return { images: tf.tensor4d(pixels, [count, IMAGE_SIDE, IMAGE_SIDE, 1]), labels: tf.tensor1d(labels) };
}

function makeOptimizer({ optimizer, learningRate }: TrainingConfig): TensorFlow.Optimizer {
  switch (optimizer.type) {
    case 'sgd':
      return optimizer.momentum === 0
        ? tf.train.sgd(learningRate)
        : tf.train.momentum(learningRate, optimizer.momentum, optimizer.nesterov);
    case 'rmsprop':
      return tf.train.rmsprop(learningRate, optimizer.rho, optimizer.momentum, optimizer.epsilon);
    case 'adagrad':
      return tf.train.adagrad(learningRate, optimizer.initialAccumulatorValue);
    case 'adam':
    case 'adamw':
      return tf.train.adam(learningRate, optimizer.beta1, optimizer.beta2, optimizer.epsilon);
  }
}

await answerMessages(prepare);
