import { describe, expect, it } from 'vitest';
import { recipes } from '../../../../src/shared/domain/recipes.ts';
import { trainingRequestSchema } from '../../../../src/shared/domain/training.ts';
import { catalog } from '../../../../src/shared/i18n/catalog.ts';
import { TrainingForm } from '../../../../src/renderer/features/train/training-form.svelte.ts';

const texts = catalog.en.train.problems;

function filledForm(): TrainingForm {
  const form = new TrainingForm();
  form.dataset = 'starter';
  return form;
}

describe('TrainingForm', () => {
  it('starts with the light CNN, ready to go', () => {
    const form = filledForm();
    const { settings, augmentation } = recipes['light-cnn'];
    expect(form.problems(texts, [])).toEqual({});
    expect(trainingRequestSchema.parse(form.request())).toEqual({
      dataset: 'starter',
      recipe: 'light-cnn',
      epochs: settings.epochs,
      batchSize: settings.batchSize,
      learningRate: settings.learningRate,
      optimizer: settings.optimizer.type,
      augmentation,
      patience: settings.earlyStopping.patience,
      validationSplit: 0.1,
      seed: 1,
    });
  });

  it('takes over the settings of a chosen recipe and keeps the rest', () => {
    const form = filledForm();
    form.seed = '42';
    form.recipe = 'best';
    const { settings, augmentation } = recipes.best;
    const { epochs, learningRate, optimizer } = form;
    expect([epochs, learningRate].map(Number)).toEqual([settings.epochs, settings.learningRate]);
    expect([optimizer, form.augmentation]).toEqual([settings.optimizer.type, augmentation]);
    expect([form.patience, form.seed]).toEqual(['0', '42']);
  });

  it.each([
    ['epochs', '0'],
    ['epochs', '1.5'],
    ['epochs', ''],
    ['epochs', '10001'],
    ['epochs', 'ten'],
    ['epochs', '0x10'],
    ['batchSize', '65537'],
    ['learningRate', '0'],
    ['learningRate', '-1'],
    ['learningRate', '10.5'],
    ['learningRate', 'Infinity'],
    ['validationSplit', '0.95'],
    ['validationSplit', '-0.1'],
    ['patience', '-1'],
    ['seed', '4294967296'],
    ['name', 'a/b'],
    ['name', '.hidden'],
    ['name', 'x'.repeat(81)],
    ['name', 'taken'],
    ['dataset', ''],
  ] as const)('refuses %s %j, and only that', (field, value) => {
    const form = filledForm();
    form[field] = value;
    expect(Object.keys(form.problems(texts, ['taken']))).toEqual([field]);
  });

  it.each([
    ['learningRate', '1e-4', 0.0001],
    ['learningRate', ' .5 ', 0.5],
    ['validationSplit', '0', 0],
    ['seed', '4294967295', 4294967295],
    ['name', '  mine ', 'mine'],
  ] as const)('understands %s %j as %s', (field, value, meant) => {
    const form = filledForm();
    form[field] = value;
    expect(form.problems(texts, [])).toEqual({});
    expect(form.request()[field]).toBe(meant);
  });
});
