import { describe, expect, it } from 'vitest';
import { replaceSection } from '../../bench/lib/keep-report.ts';
import { formatNumber, toMarkdown, toText } from '../../bench/lib/report.ts';

const table = {
  title: 'light-cnn, batch 128',
  columns: ['contender', 'images/s'],
  rows: [
    ['Digit Studio', '9,870'],
    ['Keras 3', '7,100'],
  ],
  notes: ['JAX is left out: no module'],
};

it('prints columns of equal width', () => {
  expect(toText(table)).toBe(
    [
      'light-cnn, batch 128',
      'contender     images/s',
      '------------  --------',
      'Digit Studio     9,870',
      'Keras 3          7,100',
      '  JAX is left out: no module',
    ].join('\n'),
  );
});

it('writes Markdown', () => {
  expect(toMarkdown(table)).toBe(
    [
      '### light-cnn, batch 128',
      '',
      '| contender | images/s |',
      '| --- | ---: |',
      '| Digit Studio | 9,870 |',
      '| Keras 3 | 7,100 |',
      '',
      '- JAX is left out: no module',
    ].join('\n'),
  );
});

it.each([
  [8713, '8,710'],
  [100.4, '100'],
  [14.56, '14.6'],
  [0.4312, '0.431'],
  [0, '0'],
])('formats %f as %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

describe('replaceSection', () => {
  const document = 'a\n<!-- bench:train -->\nold\n<!-- /bench:train -->\nb\n';

  it('replaces what stands between the marks, again and again', () => {
    const once = replaceSection(document, 'train', 'new');
    expect(once).toBe('a\n<!-- bench:train -->\nnew\n<!-- /bench:train -->\nb\n');
    expect(replaceSection(once, 'train', 'new')).toBe(once);
  });

  it('refuses a document without the place', () => {
    expect(() => replaceSection(document, 'latency', 'new')).toThrow('bench:latency');
  });
});
