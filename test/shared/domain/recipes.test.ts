import { describe, expect, it } from 'vitest';
import { isRecipe, RECIPE_IDS, recipes, type RecipeId } from '../../../src/shared/domain/recipes.ts';
import { resolveTrainingRequest } from '../../../src/shared/domain/training-request.ts';
import { resolveNetwork } from '../../../src/shared/network/resolve.ts';

const CLASSES = 10;

/** Parameters, trainable parameters, and multiplications and additions for one image, worked out by hand. */
const costs: Record<RecipeId, [parameters: number, trainable: number, flops: number]> = {
  // 784 x 10 + 10
  perceptron: [7_850, 7_850, 784 + 2 * 784 * 10],
  // 784 x 128 + 128 + 128 x 10 + 10
  'mlp-sigmoid': [101_770, 101_770, 784 + 2 * 784 * 128 + 2 * 128 * 10],
  'mlp-512': [407_050, 407_050, 813_840],
  'mlp-regularised': [407_050, 407_050, 813_840],
  // 320 + 18,496 + 204,928 + 1,290; 28 -> 26 -> 13 -> 11 -> 5
  'light-cnn': [225_034, 225_034, 5_290_896],
  // 320 + 18,496 + 36,928 + 36,928 + 650 (Chollet's convnet); the last convolution is 3 x 3 x 64 -> 3 x 3 x 64
  'deep-cnn': [93_322, 93_322, 5_617_296],
  // convolutions 203,040 without biases; batch normalisations 4 x 384, half of it trained; dense 970
  best: [205_546, 204_778, bestFlops()],
};

/** Two layers each at 28 x 28, 14 x 14 and 7 x 7; normalisation counts 2 and ReLU 1 for each value. */
function bestFlops(): number {
  const conv = (side: number, from: number, to: number) => side * side * to * (2 * 9 * from + 2 + 1);
  const pool = 4 * (14 * 14 * 32 + 7 * 7 * 64);
  const blocks =
    conv(28, 1, 32) +
    conv(28, 32, 32) +
    conv(14, 32, 64) +
    conv(14, 64, 64) +
    conv(7, 64, 96) +
    conv(7, 96, 96);
  return 784 + blocks + pool + 7 * 7 * 96 + 2 * 96 * 10;
}

describe.each(RECIPE_IDS)('%s', (id) => {
  const network = resolveNetwork(recipes[id].network(CLASSES));

  it('has the size and the cost worked out by hand', () => {
    expect([network.parameters, network.trainableParameters, network.flops]).toEqual(costs[id]);
  });

  it.each([2, 10, 1000])('can be asked for with %i classes', (classes) => {
    const { config } = resolveTrainingRequest({ dataset: 'any', recipe: id }, { classes });
    expect(resolveNetwork(config.network).outputShape).toEqual([classes]);
  });
});

it('knows its names, and no inherited ones', () => {
  expect(RECIPE_IDS).toEqual([
    'perceptron',
    'mlp-sigmoid',
    'mlp-512',
    'mlp-regularised',
    'light-cnn',
    'deep-cnn',
    'best',
  ]);
  expect(isRecipe('best')).toBe(true);
  expect(isRecipe('toString')).toBe(false);
});
