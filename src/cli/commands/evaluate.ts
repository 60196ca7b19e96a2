/** evaluate: how good a model is on a dataset. */
import type { Evaluation } from '../../shared/domain/evaluation.ts';
import { splitSchema, type Split } from '../../shared/domain/dataset.ts';
import { defineCommand } from '../command.ts';
import { formatColumns, formatPercent, formatSeconds } from '../table.ts';

export const evaluate = defineCommand({
  name: 'evaluate',
  summary: 'Accuracy, scores per class and confusion of a model on a dataset',
  positionals: [],
  options: {
    model: { kind: 'text', value: 'NAME', required: true, help: 'The model to evaluate' },
    dataset: { kind: 'text', value: 'NAME', required: true, help: 'The dataset to evaluate it on' },
    split: {
      kind: 'choice',
      choices: splitSchema.options,
      help: 'The part of the dataset; test unless given',
    },
  },
  async run({ client, terminal }, { options: { model, dataset, split } }) {
    const evaluation = await (
      await client()
    ).evaluateModel({ model, dataset, split: split as Split | undefined });
    terminal.result(evaluation, describeEvaluation(evaluation));
    return 0;
  },
});

function describeEvaluation(evaluation: Evaluation): string {
  const { model, dataset, split, count, accuracy, loss, macro, ece, seconds, imagesPerSecond } = evaluation;
  return [
    `${model} on ${dataset}, ${split} (${count} images)`,
    '',
    formatColumns([
      ['Accuracy', formatPercent(accuracy)],
      ['Loss', loss.toFixed(4)],
      ['Macro F1', macro.f1.toFixed(4)],
      ['Macro AUC', macro.auc?.toFixed(4) ?? '-'],
      ['Calibration error', formatPercent(ece)],
      ['Time', `${formatSeconds(seconds)}, ${Math.round(imagesPerSecond)} images/s`],
    ]),
    '',
    scoreTable(evaluation),
    '',
    'Rows: what it is. Columns: what was read.',
    confusionTable(evaluation),
  ].join('\n');
}

function scoreTable({ perClass }: Evaluation): string {
  const rows = perClass.map(({ label, precision, recall, f1, auc, support }) => [
    label,
    ...[precision, recall, f1].map((score) => score.toFixed(4)),
    auc?.toFixed(4) ?? '-',
    String(support),
  ]);
  return formatColumns([['CLASS', 'PRECISION', 'RECALL', 'F1', 'AUC', 'SUPPORT'], ...rows], [1, 2, 3, 4, 5]);
}

function confusionTable({ perClass, confusion }: Evaluation): string {
  const labels = perClass.map(({ label }) => label);
  const rows = confusion.map((row, k) => [labels[k] ?? '', ...row.map(String)]);
  return formatColumns(
    [['', ...labels], ...rows],
    [...labels.keys()].map((k) => k + 1),
  );
}
