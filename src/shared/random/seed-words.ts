/** From a seed and a path of stream numbers to the 128 bits that a generator starts from. */

const POOL_WORDS = 4;

/**
 * Four well-mixed 32-bit words for `seed` and the `stream` path below it: paths that differ in any number or in
 * length give unrelated words. The same as numpy's `SeedSequence(seed, spawn_key=stream).generate_state(4)`
 * (O'Neill 2015, "Developing a seed_seq Alternative").
 */
export function seedWords(seed: readonly number[], stream: readonly number[]): Uint32Array {
  for (const word of [...seed, ...stream]) {
    if (word >>> 0 !== word)
      throw new RangeError(`Seeds are whole numbers in 0..4294967295. Received: ${word}`);
  }
  return spread(mixEntropy(seed, stream));
}

/** Every word of the entropy reaches every word of the pool. */
function mixEntropy(seed: readonly number[], stream: readonly number[]): Uint32Array {
  const pool = new Uint32Array(POOL_WORDS);
  const hash = createHash(0x43b0d7e5, 0x931e8875);
  for (let i = 0; i < POOL_WORDS; i++) pool[i] = hash(seed[i] ?? 0);
  for (let source = 0; source < POOL_WORDS; source++) {
    for (let target = 0; target < POOL_WORDS; target++) {
      if (source !== target) pool[target] = mix(pool[target]!, hash(pool[source]!));
    }
  }
  // After the pool, not in its free places: otherwise (seed) and (seed, 0) would be the same stream.
  for (const word of stream) {
    for (let target = 0; target < POOL_WORDS; target++) pool[target] = mix(pool[target]!, hash(word));
  }
  return pool;
}

function spread(pool: Uint32Array): Uint32Array {
  return pool.map(createHash(0x8b51f9dd, 0x58f38ded));
}

/** A hash whose constant moves on with each call, so that equal words at different places differ. */
function createHash(initial: number, multiplier: number): (word: number) => number {
  let constant = initial;
  return (word) => {
    const keyed = word ^ constant;
    constant = Math.imul(constant, multiplier);
    return foldHigh(Math.imul(keyed, constant));
  };
}

function mix(a: number, b: number): number {
  return foldHigh((Math.imul(0xca01f9dd, a) - Math.imul(0x4973f715, b)) | 0);
}

function foldHigh(word: number): number {
  return (word ^ (word >>> 16)) >>> 0;
}
