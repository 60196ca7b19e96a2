/** From a recipe to what every contender is given: the same network, settings, starting weights and data. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecipeId } from '../../src/shared/domain/recipes.ts';
import { resolveTrainingRequest } from '../../src/shared/domain/training-request.ts';
import type { DataPack } from '../../src/shared/engine-contract.ts';
import { initialize, weightRandom } from '../../src/shared/network/initializers.ts';
import { resolveNetwork, type ResolvedNetwork } from '../../src/shared/network/resolve.ts';
import { plainLayers, type Task } from '../contenders/protocol.ts';

const SEED = 1;

export interface TaskSetup {
  kind: Task['kind'];
  recipe: RecipeId;
  batchSize: number;
  data: DataPack;
  /** Folder for the weights file. */
  scratch: string;
  threads: number;
}

/** The task and its resolved network; writes the starting weights. */
export function makeTask(setup: TaskSetup): { task: Task; network: ResolvedNetwork } {
  const { kind, recipe, batchSize, data, scratch, threads } = setup;
  const request = { dataset: 'bench', recipe, batchSize, seed: SEED, augmentation: 'none' };
  const { config } = resolveTrainingRequest(request, { classes: data.classes });
  const network = resolveNetwork(config.network);
  const weights = join(scratch, `${recipe}.weights`);
  writeFileSync(weights, startingWeights(network));
  const layers = plainLayers(network);
  return {
    task: { kind, spec: config.network, layers, config, batchSize, data, weights, threads },
    network,
  };
}

function startingWeights(network: ResolvedNetwork): Uint8Array {
  const values = new Float32Array(network.parameters);
  network.weights.forEach(({ initializer, shape, offset }, index) =>
    values.set(initialize(initializer, shape, weightRandom(SEED, index)), offset),
  );
  return new Uint8Array(values.buffer);
}
