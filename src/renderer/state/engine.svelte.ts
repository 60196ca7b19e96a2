import type { AppClient } from '../../shared/contract.ts';
import type { EngineState } from '../../shared/domain/app.ts';
import { createListeners } from '../../shared/rpc/listeners.ts';

/** How the engine that answers recognition is doing. */
export class EngineStatus {
  #client: AppClient;
  #state: EngineState = $state.raw({ kind: 'starting' });
  #ready = createListeners<void>();

  constructor(client: AppClient) {
    this.#client = client;
  }

  get state(): EngineState {
    return this.#state;
  }

  start(): () => void {
    return this.#client.on('engineStateChanged', (state) => this.#set(state));
  }

  async load(): Promise<void> {
    this.#set(await this.#client.getEngineState());
  }

  /** Calls `listener` each time the engine becomes ready; returns its unsubscribe. */
  onReady(listener: () => void): () => void {
    return this.#ready.add(listener);
  }

  #set(state: EngineState): void {
    const becameReady = state.kind === 'ready' && this.#state.kind !== 'ready';
    this.#state = state;
    if (becameReady) this.#ready.tell();
  }
}
