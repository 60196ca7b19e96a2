/** models list, models show: what there is to recognise with. */
import type { ModelDetail, ModelSummary } from '../../shared/domain/model.ts';
import { defineCommand } from '../command.ts';
import { formatColumns } from '../table.ts';

export const modelsList = defineCommand({
  name: 'models list',
  summary: 'All models',
  positionals: [],
  options: {},
  async run({ client, terminal }) {
    const models = await (await client()).listModels();
    terminal.result(models, describeList(models));
    return 0;
  },
});

export const modelsShow = defineCommand({
  name: 'models show',
  summary: 'One model: where it comes from, its network and its figures',
  positionals: ['NAME'],
  options: {},
  async run({ client, terminal }, { positionals: [name = ''] }) {
    const model = await (await client()).getModel({ name });
    terminal.result(model, describeModel(model));
    return 0;
  },
});

function describeList(models: readonly ModelSummary[]): string {
  const rows = models.map((model) => [
    model.name,
    String(model.classes.length),
    model.recipe ?? '-',
    String(model.parameters),
    kilobytes(model.bytes),
    dateOf(model.createdAt),
  ]);
  return formatColumns([['NAME', 'CLASSES', 'RECIPE', 'PARAMETERS', 'SIZE', 'MADE'], ...rows], [1, 3, 4]);
}

function describeModel(model: ModelDetail): string {
  const figures = Object.entries(model.metrics).map(([name, value]) => [name, value.toFixed(4)]);
  return formatColumns([
    ['Name', model.name],
    ['Classes', model.classes.join(' ')],
    ['Recipe', model.recipe ?? '-'],
    ['Trained on', model.data?.dataset ?? '-'],
    ['Run', model.run ?? '-'],
    ['Seed', model.seed === null ? '-' : String(model.seed)],
    ['Parent', model.parent ?? '-'],
    ['Made', dateOf(model.createdAt)],
    ['Parameters', String(model.parameters)],
    ['Size', kilobytes(model.bytes)],
    ['Checksum', model.checksum],
    ...figures,
  ]);
}

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} kB`;
/** The bundled model has no date, so that building it twice gives the same bytes. */
const dateOf = (time: number) => (time === 0 ? '-' : new Date(time).toISOString().slice(0, 10));
