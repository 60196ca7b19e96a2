/** The driver's side, against small programs that speak the protocol. */
import { expect, it } from 'vitest';
import { Contender } from '../../bench/contenders/contender.ts';
import { makeTask } from '../../bench/lib/tasks.ts';
import { makeScratch } from '../../bench/lib/data.ts';
import { compete, speeds, withContenders } from '../../bench/lib/field.ts';

/** A contender that takes `seconds` for a step of 10 images. */
const steady = (id: string, seconds: number) =>
  program(id, `{ result: { images: 10 * m.round.steps, seconds: ${seconds} * m.round.steps } }`);
const program = (id: string, answer: string) => ({
  id,
  label: id,
  command: process.execPath,
  args: [
    '-e',
    `console.log('a library says hello');
     require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
       const m = JSON.parse(line);
       console.log(JSON.stringify(m.prepare ? { ready: { parameters: 1, note: 'v1' } } : ${answer}));
     });`,
  ],
});

function task() {
  const scratch = makeScratch();
  try {
    const data = { path: 'pack', count: 1, classes: 10 };
    const setup = { kind: 'train', recipe: 'perceptron', batchSize: 10, data } as const;
    return makeTask({ ...setup, scratch: scratch.folder, threads: 1 }).task;
  } finally {
    scratch.remove();
  }
}

it('measures contenders in turn and finds the steps that fill a round', async () => {
  const field = await withContenders([steady('a', 0.5), steady('b', 0.25)], ([a, b]) =>
    compete(
      [
        { contender: a!, task: task(), pace: { steps: 4 } },
        { contender: b!, task: task(), pace: { seconds: 3 } },
      ],
      2,
    ),
  );
  expect(field.skipped).toEqual([]);
  expect(field.measured.map(({ id, rounds }) => [id, rounds.map(({ images }) => images)])).toEqual([
    ['a', [40, 40]],
    ['b', [120, 120]],
  ]);
  expect(field.measured.map(speeds)).toEqual([
    [20, 20],
    [40, 40],
  ]);
});

it('goes on without a contender that cannot, and says why', async () => {
  const entries = [
    steady('good', 1),
    { ...steady('absent', 1), command: 'no-such-program-here' },
    program('late', `{ error: 'the loss became NaN' }`),
    { ...steady('dying', 1), args: ['-e', 'console.error("no keras"); process.exit(3)'] },
  ];
  const field = await withContenders(entries, (contenders) =>
    compete(
      contenders.map((contender) => ({ contender, task: task(), pace: { steps: 1 } })),
      1,
    ),
  );
  expect(field.measured.map(({ id }) => id)).toEqual(['good']);
  expect(field.skipped).toEqual([
    expect.stringMatching(/^absent is left out: .*ENOENT/),
    'dying is left out: it ended with code 3: no keras',
    'late is left out: the loss became NaN',
  ]);
});

it('ends a paused process', async () => {
  const contender = new Contender(steady('a', 1));
  await contender.prepare(task());
  await contender.close();
  await expect(contender.round(1)).rejects.toThrow('it ended with SIGKILL');
});
