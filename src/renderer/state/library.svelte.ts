import type { AppClient } from '../../shared/contract.ts';
import type { DatasetSummary } from '../../shared/domain/dataset.ts';
import type { ModelSummary } from '../../shared/domain/model.ts';
import { stopAll } from './subscriptions.ts';

/** The datasets and models there are. */
export class LibraryState {
  #client: AppClient;
  #datasets: readonly DatasetSummary[] = $state.raw([]);
  #models: readonly ModelSummary[] = $state.raw([]);
  #isLoaded = $state(false);

  constructor(client: AppClient) {
    this.#client = client;
  }

  get datasets(): readonly DatasetSummary[] {
    return this.#datasets;
  }

  get models(): readonly ModelSummary[] {
    return this.#models;
  }

  /** False until the lists have come once: an empty list means nothing before that. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  start(): () => void {
    return stopAll(
      this.#client.on('datasetsChanged', (datasets) => (this.#datasets = datasets)),
      this.#client.on('modelsChanged', (models) => (this.#models = models)),
    );
  }

  async load(): Promise<void> {
    const [datasets, models] = await Promise.all([this.#client.listDatasets(), this.#client.listModels()]);
    this.#datasets = datasets;
    this.#models = models;
    this.#isLoaded = true;
  }
}
