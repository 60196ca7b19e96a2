/** Core with native TensorFlow and the real starter and bundled model: the parts that the fake engine cannot vouch for. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../src/core/app.ts';
import { forkEngine, type SpawnEngine } from '../../src/core/engine-process.ts';
import { SAMPLE_DIGIT } from '../../src/core/shell/sample-digit.ts';
import type { EpochMetrics } from '../../src/shared/domain/training.ts';
import { context } from '../support/app-fixture.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const resources = join(ROOT, 'resources');
const strokes = SAMPLE_DIGIT.strokes.map((stroke) => stroke.map(([x, y]): [number, number] => [x, y]));

const fork = forkEngine(join(ROOT, 'src/engine/index.ts'));
/** Of all engines, in the order in which they were started; the first one reads drawings. */
const pids: number[] = [];
const spawnEngine: SpawnEngine = () => {
  const engine = fork();
  pids.push(engine.pid!);
  return engine;
};

let home: string;
let app: App;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'real-'));
  app = await createApp({
    home,
    resources,
    spawnEngine,
    appVersion: '0',
    electron: null,
  });
});
afterAll(async () => {
  await app.close();
  rmSync(home, { recursive: true, force: true });
});

/** Trains to the end and gives the run. */
async function train(name: string) {
  const ended = new Promise<void>((done) => {
    const stop = app.events.on('modelsChanged', () => (stop(), done()));
  });
  const request = { dataset: 'starter', recipe: 'perceptron', epochs: 2, seed: 7, name };
  const { run } = await app.service.startTraining(request, context);
  await ended;
  return app.service.getRun({ run }, context);
}
const losses = (history: readonly EpochMetrics[]) => history.map(({ loss, valLoss }) => [loss, valLoss]);

describe.runIf(existsSync(join(resources, 'starter.bin.gz')))('with native TensorFlow', () => {
  it('reads a drawn 7 with the bundled model', async () => {
    const { text, digits } = await app.service.recognizeInk({ ink: { strokes } }, context);
    expect(text).toBe('7');
    expect(digits[0]!.alternatives.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 4);
  });

  it('gives the same losses for the same seed, and evaluates what it trained', async () => {
    const first = await train('first');
    const second = await train('second');
    expect(first).toMatchObject({ status: 'finished', epochsDone: 2, model: 'first' });
    expect(losses(second.history)).toEqual(losses(first.history));

    const request = { model: 'first', dataset: 'starter', split: 'test' as const };
    const { accuracy, count } = await app.service.evaluateModel(request, context);
    expect(count).toBe(1000);
    expect(accuracy).toBeGreaterThan(0.8);
    const read = await app.service.recognizeInk({ ink: { strokes }, model: 'second' }, context);
    expect(read.digits).toHaveLength(1);
  });

  it('keeps reading after its engine was killed', async () => {
    const states: string[] = [];
    const restarted = new Promise<void>((done) => {
      app.events.on('engineStateChanged', ({ kind }) => {
        states.push(kind);
        if (kind === 'ready') done();
      });
    });
    process.kill(pids[0]!, 'SIGKILL');
    await restarted;
    expect(states).toEqual(['restarting', 'ready']);
    expect((await app.service.recognizeInk({ ink: { strokes } }, context)).text).toBe('7');
  });
});
