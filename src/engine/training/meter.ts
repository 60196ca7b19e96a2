/** Running means and speed of one epoch. */

export class EpochMeter {
  #images = 0;
  #loss = 0;
  #correct = 0;
  readonly #startedAt: number;

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  /** Adds a step's mean loss and accuracy over `images` images. */
  add(images: number, { loss, accuracy }: { loss: number; accuracy: number }): void {
    this.#images += images;
    this.#loss += loss * images;
    this.#correct += accuracy * images;
  }

  get images(): number {
    return this.#images;
  }
  get loss(): number {
    return this.#images === 0 ? 0 : this.#loss / this.#images;
  }
  get accuracy(): number {
    return this.#images === 0 ? 0 : this.#correct / this.#images;
  }

  /** Seconds since the epoch began. */
  seconds(now: number): number {
    return (now - this.#startedAt) / 1000;
  }

  imagesPerSecond(now: number): number {
    const seconds = this.seconds(now);
    return seconds > 0 ? this.#images / seconds : 0;
  }
}
