import { nameSchema } from '../../../shared/domain/names.ts';
import { recipes, type Recipe, type RecipeId } from '../../../shared/domain/recipes.ts';
import type { TrainingRequest } from '../../../shared/domain/training.ts';
import type { Messages } from '../../../shared/i18n/catalog.ts';
import { isWholeNumber, parseNumber } from './numbers.ts';

const MOST_EPOCHS = 10_000;
const MOST_BATCH = 65_536;
const MOST_SEED = 0xffffffff;
const MOST_LEARNING_RATE = 10;
const MOST_VALIDATION = 0.9;
const DEFAULT_VALIDATION = '0.1';
const DEFAULT_SEED = '1';
const FIRST_RECIPE: RecipeId = 'light-cnn';

export type FormField =
  'dataset' | 'epochs' | 'batchSize' | 'learningRate' | 'validationSplit' | 'patience' | 'seed' | 'name';
/** What is wrong, by field. */
export type FormProblems = Partial<Record<FormField, string>>;

/** What the person has filled in for a new run, as text, with what is wrong with it. */
export class TrainingForm {
  #recipe: RecipeId = $state(FIRST_RECIPE);
  dataset = $state('');
  epochs = $state('');
  batchSize = $state('');
  learningRate = $state('');
  optimizer = $state('');
  augmentation = $state('');
  patience = $state('');
  validationSplit = $state(DEFAULT_VALIDATION);
  seed = $state(DEFAULT_SEED);
  name = $state('');

  constructor() {
    this.recipe = FIRST_RECIPE;
  }

  get recipe(): RecipeId {
    return this.#recipe;
  }

  /** Choosing a recipe also fills in its settings. */
  set recipe(id: RecipeId) {
    const { settings, augmentation }: Recipe = recipes[id];
    this.#recipe = id;
    this.epochs = String(settings.epochs);
    this.batchSize = String(settings.batchSize);
    this.learningRate = String(settings.learningRate);
    this.optimizer = settings.optimizer.type;
    this.augmentation = augmentation;
    this.patience = String(settings.earlyStopping?.patience ?? 0);
  }

  /** What is wrong, field by field, in the words of `texts`; nothing if the run can start. */
  problems(texts: Messages['train']['problems'], takenNames: readonly string[]): FormProblems {
    const whole = (text: string, min: number, max: number) =>
      isWholeNumber(text, { min, max })
        ? undefined
        : texts.wholeNumber(String(min), max.toLocaleString('en'));
    const rate = parseNumber(this.learningRate);
    const share = parseNumber(this.validationSplit);
    const found: { [Field in FormField]: string | undefined } = {
      dataset: this.dataset === '' ? texts.noDataset : undefined,
      epochs: whole(this.epochs, 1, MOST_EPOCHS),
      batchSize: whole(this.batchSize, 1, MOST_BATCH),
      learningRate: rate > 0 && rate <= MOST_LEARNING_RATE ? undefined : texts.learningRate,
      validationSplit: share >= 0 && share <= MOST_VALIDATION ? undefined : texts.validationSplit,
      patience: whole(this.patience, 0, MOST_EPOCHS),
      seed: whole(this.seed, 0, MOST_SEED),
      name: nameProblem(this.name.trim(), { texts, takenNames }),
    };
    return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined));
  }

  /** The request that the fields make; only meaningful without problems. */
  request(): TrainingRequest {
    const name = this.name.trim();
    return {
      dataset: this.dataset,
      recipe: this.recipe,
      epochs: parseNumber(this.epochs),
      batchSize: parseNumber(this.batchSize),
      learningRate: parseNumber(this.learningRate),
      optimizer: this.optimizer,
      augmentation: this.augmentation,
      patience: parseNumber(this.patience),
      validationSplit: parseNumber(this.validationSplit),
      seed: parseNumber(this.seed),
      ...(name === '' ? {} : { name }),
    };
  }
}

interface NameRules {
  texts: Messages['train']['problems'];
  takenNames: readonly string[];
}

function nameProblem(name: string, { texts, takenNames }: NameRules): string | undefined {
  if (name === '') return undefined;
  if (takenNames.includes(name)) return texts.nameTaken;
  return nameSchema.safeParse(name).success ? undefined : texts.name;
}
