import { expect, it } from 'vitest';
import { trainingFlops } from '../../bench/lib/flops.ts';
import { recipes } from '../../src/shared/domain/recipes.ts';
import { resolveNetwork } from '../../src/shared/network/resolve.ts';

it('counts forward, weight gradients and input gradients, but no gradient of the pixels', () => {
  const [first, second] = [2 * 784 * 512, 2 * 512 * 10];
  const rescaling = 784; // one multiplication a pixel; flatten is free
  const expected = 3 * (first + second + rescaling) - first;
  expect(trainingFlops(resolveNetwork(recipes['mlp-512'].network(10)))).toBe(expected);
});
