import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appError } from '../../src/shared/errors.ts';
import { cli, fakeService } from './fake-app.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recognize-'));
  const files = {
    'seven.json': '\n {"strokes":[[[0,0,0.5,1],[9,9]]]}',
    'blank.json': '{"strokes":[]}',
    'broken.json': '{"strokes":[[[0,0],',
    'letters.json': '{"strokes":[[["a",0]]]}',
    'list.json': '[1]',
    'picture.png': 'pretend this is a picture',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
});
afterAll(() => rmSync(folder, { recursive: true }));

const DIGIT = {
  label: '7',
  probability: 0.75,
  box: { x: 0, y: 0, width: 9, height: 9 },
  alternatives: [{ label: '7', probability: 0.75 }],
};
const asked: unknown[] = [];
const service = fakeService({
  recognizeInk({ ink, model = 'default' }) {
    asked.push(ink);
    const digits = ink.strokes.length === 0 ? [] : [{ ...DIGIT, image: new Uint8Array(784) }];
    return { text: digits.map(({ label }) => label).join(''), digits, model, milliseconds: 2 };
  },
  recognizePicture({ name, bytes, model = 'default' }) {
    if (model !== 'default') throw appError('modelNotFound', { name: model, known: 'default' });
    asked.push(new TextDecoder().decode(bytes));
    throw appError('pictureUnknown', { name });
  },
});
const run = (...words: string[]) => cli(['recognize', ...words], { service });
const path = (name: string) => join(folder, name);

it('reads ink, in the JSON of DESIGN.md and as a line', async () => {
  const { code, stdout } = await run(path('seven.json'), '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    results: [{ file: path('seven.json'), text: '7', digits: [DIGIT], milliseconds: 2 }],
  });
  expect(asked.at(-1)).toEqual({
    strokes: [
      [
        [0, 0, 0.5, 1],
        [9, 9],
      ],
    ],
  });
  expect((await run(path('seven.json'))).stdout).toBe(`${path('seven.json')}: 7  (7 75.00 %)\n`);
});

it('gives every file an entry, and fails only when all failed', async () => {
  const names = [
    'missing.png',
    'seven.json',
    'blank.json',
    'broken.json',
    'letters.json',
    'list.json',
    'picture.png',
  ];
  const { code, stdout } = await run(...names.map(path), folder, '--json');
  const { results } = JSON.parse(stdout) as { results: { file: string; error?: string }[] };
  expect(code).toBe(0);
  const problems = results.map(({ file, error }) => error?.replace(file, 'FILE').slice(0, 45));
  expect(problems).toEqual([
    'There is no file FILE.',
    undefined,
    'There is nothing to read in FILE: it is blank',
    'FILE is not valid JSON: Unexpected end of JSO',
    'FILE is not ink such as {"strokes":[[[x,y],[x',
    'FILE is not ink such as {"strokes":[[[x,y],[x',
    'FILE is not a picture that can be read: only ',
    'FILE is a folder, not a file.',
  ]);
  expect(results[4]!.error).toContain('strokes.0.0.0: expected number, received string');
  expect(asked.at(-1)).toBe('pretend this is a picture');
});

it('exits 2 with one line for each file when none could be read', async () => {
  const { code, stdout, stderr } = await run(path('blank.json'), path('missing.png'));
  expect(code).toBe(2);
  expect(stdout.trim()).toBe('');
  expect(stderr.trimEnd().split('\n')).toEqual([
    `There is nothing to read in ${path('blank.json')}: it is blank.`,
    `There is no file ${path('missing.png')}.`,
  ]);
  expect((await run(path('blank.json'), '--json')).code).toBe(2);
});

it('ends at once when the model is unknown: that is no file at fault', async () => {
  const { code, stderr } = await run(path('picture.png'), '--model', 'nope');
  expect(code).toBe(2);
  expect(stderr).toContain('There is no model named "nope"');
});
