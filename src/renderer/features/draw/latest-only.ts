/**
 * Runs a slow action on the newest input only: while it is busy, inputs replace each other and the last one is run next.
 * Never more than one is under way, so a fast pen cannot pile up requests.
 */
export class LatestOnly<Input> {
  #action: (input: Input) => Promise<void>;
  #isBusy = false;
  #waiting: { input: Input } | null = null;

  /** `action` must handle its own failures. */
  constructor(action: (input: Input) => Promise<void>) {
    this.#action = action;
  }

  push(input: Input): void {
    this.#waiting = { input };
    if (!this.#isBusy) void this.#work();
  }

  /** Forgets the input that waits; the one under way goes on. */
  drop(): void {
    this.#waiting = null;
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    try {
      while (this.#waiting) {
        const { input } = this.#waiting;
        this.#waiting = null;
        await this.#action(input);
      }
    } finally {
      this.#isBusy = false;
    }
  }
}
