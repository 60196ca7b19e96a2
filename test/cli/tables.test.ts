import { expect, it } from 'vitest';
import { environmentLanguage } from '../../src/cli/language.ts';
import { formatColumns, formatSeconds } from '../../src/cli/table.ts';
import { cli, fakeService } from './fake-app.ts';

it('aligns columns, wide characters counted twice', () => {
  const rows = [
    ['NAME', 'N', 'X'],
    ['数字', '100', 'a'],
    ['b', '7', ''],
  ];
  expect(formatColumns(rows, [1])).toBe('NAME    N  X\n数字  100  a\nb       7');
});

it('writes durations', () => {
  expect([0, 9.94, 59.6, 60, 185, 3600].map(formatSeconds)).toEqual([
    '0.0 s',
    '9.9 s',
    '1 min 00 s',
    '1 min 00 s',
    '3 min 05 s',
    '60 min 00 s',
  ]);
});

it('takes the first locale variable that is set', () => {
  expect(environmentLanguage({})).toBe('en');
  expect(environmentLanguage({ LANG: 'zh_CN.UTF-8' })).toBe('zh-CN');
  expect(environmentLanguage({ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' })).toBe('en');
  expect(environmentLanguage({ LANG: 'en_US', LC_MESSAGES: 'zh_TW' })).toBe('zh-CN');
  expect(environmentLanguage({ LANG: 'zhuang' })).toBe('en');
});

it('shows an evaluation: figures, classes and who is taken for whom', async () => {
  const perClass = ['cat', 'dog'].map((label) => ({
    label,
    precision: 0.75,
    recall: 0.5,
    f1: 0.6,
    support: 4,
    auc: label === 'cat' ? 0.875 : null,
  }));
  const service = fakeService({
    evaluateModel: ({ model, dataset, split }) => ({
      ...{
        model,
        dataset,
        split,
        count: 8,
        loss: 0.25,
        accuracy: 0.625,
        ece: 0.125,
        seconds: 1,
        imagesPerSecond: 8,
      },
      macro: { precision: 0.75, recall: 0.5, f1: 0.6, auc: null },
      perClass,
      confusion: [
        [2, 2],
        [1, 3],
      ],
    }),
  });
  const { stdout, code } = await cli(['evaluate', '--model', 'm', '--dataset', 'd'], { service });
  expect(code).toBe(0);
  expect(stdout).toContain('m on d, test (8 images)');
  expect(stdout).toContain('Accuracy           62.50 %');
  expect(stdout).toContain('cat       0.7500  0.5000  0.6000  0.8750        4');
  expect(stdout).toContain('     cat  dog\ncat    2    2\ndog    1    3');
});
