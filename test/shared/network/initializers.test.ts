import { describe, expect, it } from 'vitest';
import {
  computeFans,
  INITIALIZER_IDS,
  initialize,
  weightRandom,
} from '../../../src/shared/network/initializers.ts';
import { createRandom } from '../../../src/shared/random/random.ts';

describe('the fans of a kernel', () => {
  it.each([
    [[], 1, 1],
    [[7], 7, 7],
    [[784, 128], 784, 128],
    [[3, 3, 32, 64], 288, 576],
    [[5, 2, 3, 1], 30, 10],
  ])('%o has fan in %i and fan out %i', (shape, fanIn, fanOut) => {
    expect(computeFans(shape)).toEqual({ fanIn, fanOut });
  });
});

const SHAPE = [100, 300];
const COUNT = 30_000;
/** Of a kernel [100, 300]: fan in 100, mean of the fans 200; a uniform distribution over +-limit has variance limit^2 / 3. */
const scaled = [
  ['glorotUniform', 1 / 200, Math.sqrt(3 / 200)],
  ['heUniform', 2 / 100, Math.sqrt(6 / 100)],
  ['lecunUniform', 1 / 100, Math.sqrt(3 / 100)],
  // Truncated at two deviations of the normal distribution before truncation, whose deviation is 1 / 0.8796 of the target.
  ['glorotNormal', 1 / 200, (2 * Math.sqrt(1 / 200)) / 0.87962566],
  ['heNormal', 2 / 100, (2 * Math.sqrt(2 / 100)) / 0.87962566],
  ['lecunNormal', 1 / 100, (2 * Math.sqrt(1 / 100)) / 0.87962566],
] as const;

describe.each(scaled)('%s', (id, variance, bound) => {
  const values = initialize(id, SHAPE, createRandom(4));
  const mean = values.reduce((sum, x) => sum + x, 0) / COUNT;
  const moment = (power: number) => values.reduce((sum, x) => sum + (x - mean) ** power, 0) / COUNT;

  it('has its variance and a mean of 0', () => {
    expect(values.length).toBe(COUNT);
    // Five standard errors.
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(variance / COUNT));
    expect(Math.abs(moment(2) / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / COUNT));
  });

  it('stays within its bounds and fills them', () => {
    const largest = Math.max(...values.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(bound * (1 + 1e-6));
    expect(largest).toBeGreaterThan(0.98 * bound);
  });

  it('has the shape of its distribution', () => {
    // Kurtosis of a uniform distribution is 1.8; of a normal one truncated at two deviations 2.369.
    const kurtosis = moment(4) / moment(2) ** 2;
    expect(Math.abs(kurtosis - (id.endsWith('Uniform') ? 1.8 : 2.369))).toBeLessThan(0.08);
  });
});

it('zeros and ones are just that', () => {
  expect([...initialize('zeros', [2, 2], createRandom(1))]).toEqual([0, 0, 0, 0]);
  expect([...initialize('ones', [3], createRandom(1))]).toEqual([1, 1, 1]);
});

it('the same seed and place give the same weights, others give others', () => {
  for (const id of INITIALIZER_IDS)
    expect(initialize(id, [4, 5], weightRandom(9, 2))).toEqual(initialize(id, [4, 5], weightRandom(9, 2)));
  const first = initialize('heNormal', [4, 5], weightRandom(9, 2));
  expect(first).not.toEqual(initialize('heNormal', [4, 5], weightRandom(9, 3)));
  expect(first).not.toEqual(initialize('heNormal', [4, 5], weightRandom(8, 2)));
});
