import { createListeners } from '../../shared/rpc/listeners.ts';

/** Whether the window can reach the app right now. */
export class ConnectionState {
  #isConnected = $state(true);
  #restored = createListeners<void>();

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** The link went down; it is trying again by itself. */
  markLost(): void {
    this.#isConnected = false;
  }

  /** The link is up (again); tells everyone who has to catch up on missed events. */
  markRestored(): void {
    if (this.#isConnected) return;
    this.#isConnected = true;
    this.#restored.tell();
  }

  /** Calls `listener` each time a lost connection is back; returns its unsubscribe. */
  onRestored(listener: () => void): () => void {
    return this.#restored.add(listener);
  }
}
