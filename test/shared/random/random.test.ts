import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, restoreRandom, type Random } from '../../../src/shared/random/random.ts';
import { seedWords } from '../../../src/shared/random/seed-words.ts';

const word = fc.integer({ min: 0, max: 0xffffffff });
const take = (random: Random, count: number) => Array.from({ length: count }, () => random.uint32());

describe('the generator', () => {
  it('gives the numbers of the published xoshiro128** C code', () => {
    const random = restoreRandom(Uint32Array.of(1, 2, 3, 4));
    expect(take(random, 8)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849,
    ]);
    take(random, 992);
    expect(random.uint32()).toBe(136054147);
  });

  it('agrees with the test data of edorfaus/xoshiro-6502', () => {
    const random = restoreRandom(Uint32Array.of(0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0));
    expect(random.uint32()).toBe(0xf1391922);
    expect([...random.state()]).toEqual([0x72410269, 0xef382c52, 0x2e43bec7, 0x62432f20]);
  });

  it.each([
    [[0], [], [2968811710, 3677149159, 745650761, 2884920346]],
    [[42], [], [3444837047, 2669555309, 2046530742, 3581440988]],
    [[1], [], [1835504127, 1731038949, 1320224556, 2330041505]],
    [[1], [0], [1641411168, 1963192212, 1340743928, 1254710336]],
    [[1], [0, 0], [3023998541, 1548711798, 3149674934, 2073822475]],
    [[4294967295], [3, 59999], [915327538, 957000162, 3352177579, 636099894]],
    [[1, 2, 3, 4], [9], [975285297, 2445065088, 2445593695, 4097623802]],
  ])('seeds %j with path %j as numpy 2.4 SeedSequence does', (seed, stream, words) => {
    expect([...seedWords(seed, stream)]).toEqual(words);
  });

  it.each([-1, 1.5, 2 ** 32, NaN])('refuses %d as a seed or stream', (bad) => {
    expect(() => createRandom(bad)).toThrow(/Received: /);
    expect(() => createRandom(1, bad)).toThrow(RangeError);
  });

  it('refuses a state that is not one', () => {
    expect(() => restoreRandom(new Uint32Array(4))).toThrow(RangeError);
    expect(() => restoreRandom(Uint32Array.of(1, 2, 3))).toThrow(RangeError);
  });
});

describe('streams', () => {
  it('continue from their state, whatever was drawn before', () => {
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 3 }), fc.nat(50), (seed, stream, skip) => {
        const random = createRandom(seed, ...stream);
        for (let i = 0; i < skip; i++) random.normal();
        const restored = restoreRandom(random.state());
        expect(take(restored, 5)).toEqual(take(random, 5));
      }),
    );
  });

  it('differ when any part of their path differs', () => {
    const firsts = new Set<string>();
    for (let epoch = 0; epoch < 100; epoch++)
      for (let row = 0; row < 100; row++) firsts.add(take(createRandom(7, epoch, row), 2).join());
    expect(firsts.size).toBe(10_000);
  });

  it('fork without moving the parent, and depend on where it stands', () => {
    const random = createRandom(5);
    const untouched = take(createRandom(5), 3);
    const [a, b] = [take(random.fork(1), 3), take(random.fork(2), 3)];
    expect(a).not.toEqual(b);
    expect(take(random.fork(1), 3)).toEqual(a);
    expect(take(random, 3)).toEqual(untouched);
    expect(take(random.fork(1), 3)).not.toEqual(a);
  });
});

describe('distributions', () => {
  it('are uniform over every tenth of [0, 1), within five standard deviations', () => {
    const random = createRandom(11);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[Math.floor(random.next() * 10)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(9000));
  });

  it('below(bound) stays below its bound and rejects the biased end', () => {
    fc.assert(
      fc.property(word, fc.integer({ min: 1, max: 0xffffffff }), (seed, bound) => {
        const value = createRandom(seed).below(bound);
        expect(Number.isInteger(value) && value >= 0 && value < bound).toBe(true);
      }),
    );
    // With this bound a plain remainder would fall into the lower half in 5 of 8 draws.
    const bound = 3 * 2 ** 30;
    const random = createRandom(3);
    let low = 0;
    for (let i = 0; i < 10_000; i++) if (random.below(bound) < bound / 2) low++;
    expect(Math.abs(low - 5000)).toBeLessThan(250);
  });

  it('normal() has the moments and the quantiles of N(0, 1)', () => {
    const random = createRandom(13);
    const count = 400_000;
    const sorted = Float64Array.from({ length: count }, () => random.normal()).sort();
    const moment = (power: number) => sorted.reduce((sum, x) => sum + x ** power, 0) / count;
    // Five standard errors: sqrt(1, 2, 15, 96 / n), the variances of x, x², x³ and x⁴.
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / count));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
    // scipy.stats.norm.ppf; the outer two lie in the ziggurat's tail.
    const quantiles = [
      [0.0001, -3.719016485455709],
      [0.05, -1.6448536269514722],
      [0.25, -0.6744897501960817],
      [0.5, 0],
      [0.9, 1.2815515655446004],
      [0.9999, 3.719016485455709],
    ] as const;
    for (const [p, expected] of quantiles) {
      const error =
        Math.sqrt((p * (1 - p)) / count) / (Math.exp(-(expected ** 2) / 2) / Math.sqrt(2 * Math.PI));
      expect(Math.abs(sorted[Math.floor(p * count)]! - expected)).toBeLessThan(5 * error);
    }
  });

  it('shuffle makes every order of four equally often', () => {
    const counts = new Map<string, number>();
    const random = createRandom(17);
    for (let i = 0; i < 24_000; i++) {
      const order = random.shuffle(Uint32Array.of(0, 1, 2, 3)).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
  });

  it('shuffle keeps every value', () => {
    fc.assert(
      fc.property(word, fc.uint32Array(), (seed, values) => {
        const shuffled = createRandom(seed).shuffle(values.slice());
        expect(shuffled.sort()).toEqual(values.sort());
      }),
    );
  });
});
