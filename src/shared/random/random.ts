/** The only source of randomness in the app: seeded, splittable, and small enough to be kept in a checkpoint. */
import { drawNormal } from './normal.ts';
import { seedWords } from './seed-words.ts';

const STATE_WORDS = 4;
const TWO_TO_32 = 2 ** 32;

/** A stream of random numbers. The same seed and stream path always give the same numbers, on every machine. */
export interface Random {
  /** Uniform whole number in 0..4294967295. */
  uint32(): number;
  /** Uniform in [0, 1), in steps of 2^-32. */
  next(): number;
  /** Uniform whole number in 0..bound-1, without bias; `bound` is 1..4294967295. */
  below(bound: number): number;
  /** Normally distributed with mean 0 and standard deviation 1. */
  normal(): number;
  /** Shuffles in place (Fisher & Yates); every order is equally likely. Gives back the same array. */
  shuffle(values: Uint32Array): Uint32Array;
  /** An independent stream that depends on where this one stands; this one does not move. */
  fork(stream: number): Random;
  /** The four words that `restoreRandom` continues from. */
  state(): Uint32Array;
}

/**
 * The generator of `seed` and a path of stream numbers below it, such as (seed, epoch, row); all whole, in 0..4294967295.
 * Streams with different paths are independent, so work can be split in any way without changing the result.
 */
export function createRandom(seed: number, ...stream: number[]): Random {
  return new Xoshiro(seedWords([seed], stream));
}

/** Continues exactly where the generator stood that gave `state`. */
export function restoreRandom(state: Uint32Array): Random {
  if (state.length !== STATE_WORDS || state.every((word) => word === 0))
    throw new RangeError(
      `A random state has ${STATE_WORDS} words, not all zero. Received: [${state.join()}]`,
    );
  return new Xoshiro(state);
}

/** xoshiro128** 1.1 (Blackman & Vigna 2018): period 2^128 - 1, passes BigCrush. */
class Xoshiro implements Random {
  readonly #words: Int32Array;

  constructor(state: Uint32Array) {
    this.#words = new Int32Array(state);
  }

  uint32(): number {
    const s = this.#words;
    const s1 = s[1]!;
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9);
    const s2 = s[2]! ^ s[0]!;
    const s3 = s[3]! ^ s1;
    s[1] = s1 ^ s2;
    s[0] = s[0]! ^ s3;
    s[2] = s2 ^ (s1 << 9);
    s[3] = rotateLeft(s3, 11);
    return result >>> 0;
  }

  next(): number {
    return this.uint32() / TWO_TO_32;
  }

  below(bound: number): number {
    for (;;) {
      const word = this.uint32();
      const remainder = word % bound;
      // The last, incomplete run of `bound` words would favour small numbers.
      if (word - remainder <= TWO_TO_32 - bound) return remainder;
    }
  }

  normal(): number {
    return drawNormal(this);
  }

  shuffle(values: Uint32Array): Uint32Array {
    for (let last = values.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const value = values[last]!;
      values[last] = values[other]!;
      values[other] = value;
    }
    return values;
  }

  fork(stream: number): Random {
    return new Xoshiro(seedWords([...this.state()], [stream]));
  }

  state(): Uint32Array {
    return new Uint32Array(this.#words);
  }
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
