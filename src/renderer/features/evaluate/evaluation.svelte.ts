import type { AppClient } from '../../../shared/contract.ts';
import type { Split } from '../../../shared/domain/dataset.ts';
import type { Evaluation } from '../../../shared/domain/evaluation.ts';

interface EvaluationRequest {
  model: string;
  dataset: string;
  split: Split;
}

/** The evaluation that is running, and the last result; a failure ends in the caller's catch. */
export class EvaluationState {
  #client: AppClient;
  #running: AbortController | null = $state.raw(null);
  #result: Evaluation | null = $state.raw(null);

  constructor(client: AppClient) {
    this.#client = client;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  get result(): Evaluation | null {
    return this.#result;
  }

  async run(request: EvaluationRequest): Promise<void> {
    if (this.#running) return;
    const running = new AbortController();
    this.#running = running;
    try {
      this.#result = await this.#client.evaluateModel(request, { signal: running.signal });
    } finally {
      this.#running = null;
    }
  }

  cancel(): void {
    this.#running?.abort();
  }
}
