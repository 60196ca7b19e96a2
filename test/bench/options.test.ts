import { expect, it } from 'vitest';
import { readOptions } from '../../bench/lib/options.ts';

it('reads names and lists', () => {
  const options = readOptions([
    'train',
    '--recipes',
    'light-cnn, best',
    '--batches',
    '32,128',
    '--rounds',
    '2',
  ]);
  expect(options).toMatchObject({
    names: ['train'],
    recipes: ['light-cnn', 'best'],
    batches: [32, 128],
    rounds: 2,
    steps: undefined,
  });
});

it.each([
  [['--rounds', '0'], '--rounds takes whole numbers above 0, not "0"'],
  [['--batches', '32,x'], '--batches takes whole numbers above 0, not "x"'],
  [['--seconds', '-1'], 'seconds'],
  [['--recipes', 'resnet'], 'there is no recipe "resnet"'],
  [['--fast'], '--fast'],
])('refuses %j', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
