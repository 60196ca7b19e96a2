/** The command line as a person runs it: a process of its own, the real app, the native engine. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_DIGIT } from '../../src/core/shell/sample-digit.ts';
import type { Evaluation } from '../../src/shared/domain/evaluation.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Starting the app, its engine and a first import of the starter data, on a busy machine. */
const PATIENCE_MS = 180_000;

let folder = '';
let home = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
  home = join(folder, 'home');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the program to its end; `onStderr` sees all of stderr so far and may interrupt. */
function run(words: string[], onStderr?: (text: string, interrupt: () => void) => void): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, 'src/cli/index.ts'), '--home', home, ...words], {
    env: { ...process.env, LANG: 'C', LC_ALL: 'C' },
    cwd: folder,
  });
  const ended = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (ended.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended.stderr += text;
    onStderr?.(ended.stderr, () => child.kill('SIGINT'));
  });
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', (code) => done({ code, ...ended }));
  });
}

async function json<Result>(words: string[]): Promise<Result> {
  const { code, stdout, stderr } = await run([...words, '--json']);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Result;
}

describe('the program as a process', { timeout: PATIENCE_MS }, () => {
  it('knows its version', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('is healthy and has the starter dataset from the first start', async () => {
    expect(await json(['doctor'])).toMatchObject({
      healthy: true,
      problems: [],
      home,
      threads: expect.any(Number),
    });
    expect(await json(['datasets', 'list'])).toMatchObject([{ name: 'starter', count: 10_000 }]);
    const { perClass } = await json<{ perClass: unknown[] }>(['datasets', 'show', 'starter']);
    expect(perClass).toHaveLength(10);
  });

  it('trains, the same twice; evaluates and reads with the model', async () => {
    const words = ['--dataset', 'starter', '--recipe', 'perceptron', '--epochs', '3', '--seed', '5'];
    const first = await json<{ model: string; epochs: { loss: number; valAccuracy: number }[] }>([
      'train',
      ...words,
    ]);
    const second = await json<typeof first>(['train', ...words]);
    expect(first.epochs[2]!.valAccuracy).toBeGreaterThan(0.8);
    expect(second.epochs.map(({ loss }) => loss)).toEqual(first.epochs.map(({ loss }) => loss));
    const evaluation = await json<Evaluation>(['evaluate', '--model', first.model, '--dataset', 'starter']);
    expect(evaluation.accuracy).toBeGreaterThan(0.8);
    expect(evaluation.confusion.flat().reduce((sum, count) => sum + count)).toBe(evaluation.count);
    writeFileSync(join(folder, 'ink.json'), JSON.stringify(SAMPLE_DIGIT));
    const read = await json<{ results: { text: string }[] }>([
      'recognize',
      'ink.json',
      '--model',
      first.model,
    ]);
    expect(read.results[0]!.text).toBe('7');
  });

  it('stops on Ctrl+C and keeps the best weights', async () => {
    const words = [
      'train',
      '--dataset',
      'starter',
      '--recipe',
      'perceptron',
      '--epochs',
      '5000',
      '--patience',
      '0',
    ];
    let isInterrupted = false;
    const { code, stdout } = await run([...words, '--name', 'stopped', '--json'], (stderr, interrupt) => {
      // Once: the second Ctrl+C would give up the run.
      if (isInterrupted || !stderr.includes('Epoch 1')) return;
      isInterrupted = true;
      interrupt();
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'stopped',
      model: 'stopped',
      bestEpoch: expect.any(Number),
    });
    const models = await json<{ name: string }[]>(['models', 'list']);
    expect(models.map(({ name }) => name)).toContain('stopped');
  });
});

describe('bad input ends with one line and leaves nothing behind', { timeout: PATIENCE_MS }, () => {
  const train = (...words: string[]) => ['train', '--dataset', 'starter', '--recipe', 'perceptron', ...words];
  it('of every kind', async () => {
    writeFileSync(join(folder, 'text.png'), 'this is text');
    writeFileSync(join(folder, 'empty.png'), '');
    writeFileSync(join(folder, 'broken.json'), '{"strokes":[[[0,0],');
    const blank = new PNG({ width: 30, height: 30 });
    blank.data.fill(255);
    writeFileSync(join(folder, 'blank.png'), PNG.sync.write(blank));
    const before = await json<unknown[]>(['models', 'list']);
    const cases: [string[], RegExp][] = [
      [['recognize', 'text.png'], /text\.png is not a picture/],
      [['recognize', 'empty.png'], /empty\.png is an empty file/],
      [['recognize', 'blank.png'], /nothing to read in blank\.png/],
      [['recognize', 'missing.png'], /no file missing\.png/],
      [['recognize', 'broken.json'], /broken\.json is not valid JSON/],
      [['train', '--dataset', 'nope', '--recipe', 'perceptron'], /"nope"/],
      [['train', '--dataset', 'starter', '--recipe', 'nope'], /"nope"/],
      [train('--epochs', '0'), /epochs/],
      [train('--network', 'text.png'), /text\.png is not valid JSON/],
      [train('--validation', '2'), /validation/],
      [train('--name', '../escape'), /name/],
      [['evaluate', '--model', 'nope', '--dataset', 'starter'], /"nope"/],
    ];
    for (const [words, message] of cases) {
      const { code, stdout, stderr } = await run(words);
      expect({ words, code, stdout: stdout.trim(), lines: stderr.trimEnd().split('\n').length }).toEqual({
        ...{ words, code: 2, stdout: '', lines: 1 },
      });
      expect(stderr).toMatch(message);
    }
    expect(await json(['models', 'list'])).toEqual(before);
  });

  it('of a data folder that cannot be one', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const names = readdirSync(folder);
    const { code, stderr } = await run(['--home', file, 'doctor']);
    expect(code).toBe(1);
    expect(stderr).toContain(file);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(names);
  });
});
