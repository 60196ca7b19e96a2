/** datasets list, datasets show: what there is to learn from. */
import type { DatasetDetail, DatasetSummary } from '../../shared/domain/dataset.ts';
import { defineCommand } from '../command.ts';
import { formatColumns } from '../table.ts';

export const datasetsList = defineCommand({
  name: 'datasets list',
  summary: 'All datasets',
  positionals: [],
  options: {},
  async run({ client, terminal }) {
    const datasets = await (await client()).listDatasets();
    terminal.result(datasets, describeList(datasets));
    return 0;
  },
});

export const datasetsShow = defineCommand({
  name: 'datasets show',
  summary: 'One dataset, class by class',
  positionals: ['NAME'],
  options: {},
  async run({ client, terminal }, { positionals: [name = ''] }) {
    const dataset = await (await client()).getDataset({ name });
    terminal.result(dataset, describeDataset(dataset));
    return 0;
  },
});

function describeList(datasets: readonly DatasetSummary[]): string {
  const rows = datasets.map(({ name, classes, counts, source }) => [
    name,
    String(classes.length),
    ...[counts.train, counts.test, counts.unassigned].map(String),
    source,
  ]);
  return formatColumns([['NAME', 'CLASSES', 'TRAIN', 'TEST', 'UNASSIGNED', 'SOURCE'], ...rows], [1, 2, 3, 4]);
}

function describeDataset(dataset: DatasetDetail): string {
  const rows = dataset.perClass.map(({ label, train, test, unassigned }) => [
    label,
    ...[train, test, unassigned].map(String),
  ]);
  const { train, test, unassigned } = dataset.counts;
  const table = formatColumns(
    [['CLASS', 'TRAIN', 'TEST', 'UNASSIGNED'], ...rows, ['all', ...[train, test, unassigned].map(String)]],
    [1, 2, 3],
  );
  return `${dataset.name}: ${dataset.count} samples, ${dataset.source}\n\n${table}`;
}
