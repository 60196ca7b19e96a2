/** Brings models into engines, each once per engine process. */
import type { LiveEngine } from '../engine/live-engine.ts';
import type { ModelRecord, ModelStore } from './model-store.ts';

/** More would only take memory: one model reads the pad, another may be compared with it. */
const MODELS_PER_ENGINE = 3;

export interface ModelLoader {
  /** Makes sure that `engine` has the model and gives the key under which it has it. */
  ensureLoaded(engine: LiveEngine, model: ModelRecord): Promise<string>;
}

/** Makes the loader. What an engine has is forgotten with the engine. */
export function createModelLoader(models: ModelStore): ModelLoader {
  const loaded = new WeakMap<LiveEngine, Map<string, Promise<void>>>();

  async function load({ client }: LiveEngine, model: ModelRecord): Promise<void> {
    const { network, weights } = await models.load(model);
    await client.loadModel({ model: model.checksum, network, weights });
  }

  return {
    async ensureLoaded(engine, model) {
      // The checksum is the key: a model that was replaced under the same name is another model.
      const key = model.checksum;
      const inEngine = loaded.get(engine) ?? new Map<string, Promise<void>>();
      loaded.set(engine, inEngine);
      const loading = inEngine.get(key) ?? load(engine, model);
      // Entries are in the order of their last use.
      inEngine.delete(key);
      inEngine.set(key, loading);
      try {
        await loading;
      } catch (error) {
        inEngine.delete(key);
        throw error;
      }
      await unloadOldest(engine, inEngine);
      return key;
    },
  };
}

async function unloadOldest({ client }: LiveEngine, inEngine: Map<string, Promise<void>>): Promise<void> {
  const surplus = [...inEngine.keys()].slice(0, Math.max(0, inEngine.size - MODELS_PER_ENGINE));
  for (const model of surplus) {
    inEngine.delete(model);
    await client.unloadModel({ model });
  }
}
