/** Answers core's calls: which models are loaded, what they predict, and the one job that trains. */
import type { Emit } from '../shared/rpc/contract.ts';
import type { EngineContract, EngineService } from '../shared/engine-contract.ts';
import { sizeOf } from '../shared/network/layer.ts';
import { fail } from '../shared/errors.ts';
import { toFloats } from './floats.ts';
import { InferenceSession } from './inference-session.ts';
import { tensorflowVersion, threadCount } from './tensorflow.ts';
import { train } from './training/trainer.ts';

/** The engine's service; `emit` sends its events to core. */
export function createEngineService(emit: Emit<EngineContract>): EngineService {
  const models = new Map<string, InferenceSession>();
  let isTraining = false;
  let isStopped = false;

  const unload = (model: string): void => {
    models.get(model)?.dispose();
    models.delete(model);
  };

  return {
    getEngineInfo: () => ({
      tensorflow: tensorflowVersion(),
      threads: threadCount(),
      pid: process.pid,
      node: process.version,
    }),

    loadModel({ model, network, weights }) {
      const session = new InferenceSession(network, toFloats(weights));
      unload(model);
      models.set(model, session);
      // The first run of a session optimises its graph, which a person should not wait for.
      session.predict(new Uint8Array(sizeOf(session.network.inputShape)));
    },
    unloadModel: ({ model }) => unload(model),

    predict({ model, images }) {
      const session = models.get(model) ?? fail('modelNotLoaded', { model });
      const startedAt = performance.now();
      const probabilities = session.predict(images);
      return {
        probabilities,
        classes: sizeOf(session.network.outputShape),
        milliseconds: performance.now() - startedAt,
      };
    },

    async train(job, { signal }) {
      if (isTraining) fail('engineBusy');
      isTraining = true;
      isStopped = false;
      try {
        return await train(job, {
          now: () => performance.now(),
          isStopped: () => isStopped,
          signal,
          onProgress: (progress) => emit('trainingProgressed', progress),
          onEpoch: (event) => emit('epochCompleted', { run: job.run, ...event }),
        });
      } finally {
        isTraining = false;
      }
    },
    stopTraining() {
      isStopped = true;
    },
  };
}
