/** The engine as core meets it: a forked process behind its contract. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkEngine, type EngineProcess } from '../../src/core/engine-process.ts';
import { engineContract, type EngineClient } from '../../src/shared/engine-contract.ts';
import { toAppError } from '../../src/shared/errors.ts';
import { createClient } from '../../src/shared/rpc/client.ts';
import { nodeProcessLink } from '../../src/shared/rpc/process-link.ts';
import { randomWeights, toBytes } from '../support/engine.ts';
import { CLASSES, smallNetwork, testJob, writeTestPack, type TestPack } from '../support/training-job.ts';

const ENTRY = resolve(import.meta.dirname, '../../src/engine/index.ts');
const ENDLESS = 10_000;

let engine: EngineProcess;
let client: EngineClient;
let pack: TestPack;
beforeAll(() => {
  pack = writeTestPack(64);
  engine = forkEngine(ENTRY)();
  client = createClient(engineContract, engine.link);
});
afterAll(() => {
  engine.kill();
  pack.remove();
});

const failure = (promise: Promise<unknown>) =>
  promise.then(() => Promise.reject(new Error('it did not fail')), toAppError);
const onceTraining = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const off = client.on('trainingProgressed', () => resolve());
  return promise.then(off);
};

describe('an engine process', () => {
  it('says what it is', async () => {
    const info = await client.getEngineInfo();
    expect(info.tensorflow).toMatch(/^\d+\.\d+\.\d+/);
    expect(info).toMatchObject({ pid: engine.pid, node: process.version });
    expect(info.threads).toBeGreaterThanOrEqual(1);
  });

  it('predicts with models that it has loaded, and only with these', async () => {
    const weights = toBytes(randomWeights(smallNetwork));
    await client.loadModel({ model: 'a', network: smallNetwork, weights });
    const { probabilities, classes } = await client.predict({
      model: 'a',
      images: pack.images.subarray(0, 3 * 784),
    });
    expect([classes, probabilities.length]).toEqual([CLASSES, 3 * CLASSES]);
    for (const row of [0, 1, 2])
      expect(probabilities.subarray(row * CLASSES, (row + 1) * CLASSES).reduce((a, b) => a + b)).toBeCloseTo(
        1,
        5,
      );

    const wrong = await failure(client.predict({ model: 'a', images: new Uint8Array(783) }));
    expect(wrong).toMatchObject({ key: 'imagesMalformed', parameters: { expected: 784, received: 783 } });
    await client.unloadModel({ model: 'a' });
    const gone = await failure(client.predict({ model: 'a', images: new Uint8Array(784) }));
    expect(gone).toMatchObject({ code: 'not-found', key: 'modelNotLoaded', parameters: { model: 'a' } });
  });

  it('refuses weights that do not fit, and keeps the model that it had', async () => {
    const weights = toBytes(randomWeights(smallNetwork));
    await client.loadModel({ model: 'b', network: smallNetwork, weights });
    for (const bad of [weights.subarray(4), weights.subarray(1), new Uint8Array()])
      expect(
        await failure(client.loadModel({ model: 'b', network: smallNetwork, weights: bad })),
      ).toMatchObject({
        key: 'modelFileDamaged',
      });
    expect((await client.predict({ model: 'b', images: new Uint8Array(784) })).classes).toBe(CLASSES);
  });

  it('trains, and tells of each epoch', async () => {
    const epochs: number[] = [];
    const off = client.on('epochCompleted', ({ run, metrics, checkpoint }) => {
      expect([run, checkpoint.length > 0]).toEqual(['test', true]);
      epochs.push(metrics.epoch);
    });
    const outcome = await client.train(testJob(pack, { epochs: 3 }));
    off();
    expect(outcome).toMatchObject({ reason: 'completed', epochsDone: 3 });
    expect(outcome.imagesPerSecond).toBeGreaterThan(0);
    expect(epochs).toEqual([1, 2, 3]);
  });

  it('answers while it trains, trains one run at a time, and stops when told to', async () => {
    const training = onceTraining();
    const run = client.train(testJob(pack, { epochs: ENDLESS }));
    await training;
    expect((await client.getEngineInfo()).pid).toBe(engine.pid);
    expect(await failure(client.train(testJob(pack)))).toMatchObject({ code: 'busy', key: 'engineBusy' });
    await client.stopTraining();
    expect((await run).reason).toBe('stopped');
    expect((await client.train(testJob(pack))).reason).toBe('completed');
  });

  it('abandons a run whose call is cancelled, and is free for the next', async () => {
    const training = onceTraining();
    const abort = new AbortController();
    const run = failure(client.train(testJob(pack, { epochs: ENDLESS }), { signal: abort.signal }));
    await training;
    abort.abort();
    expect((await run).code).toBe('cancelled');
    const next = async (): Promise<string> => {
      const outcome = await client.train(testJob(pack)).catch(toAppError);
      return 'reason' in outcome ? outcome.reason : outcome.code === 'busy' ? next() : outcome.message;
    };
    expect(await next()).toBe('completed');
  });

  it('refuses what breaks the contract', async () => {
    const job = testJob(pack);
    const bad = await failure(client.train({ ...job, config: { ...job.config, epochs: 0 } }));
    expect(bad).toMatchObject({ code: 'bad-input', key: 'badArgument' });
    expect(bad.message).toContain('epochs');
    const missing = await failure(client.train({ ...job, data: { ...job.data, path: '/nowhere/pack' } }));
    expect(missing.key).toBe('dataPackDamaged');
  });
});

describe('an engine process that ends', () => {
  it('when it is killed, every open call fails at once', async () => {
    const training = onceTraining();
    const run = failure(client.train(testJob(pack, { epochs: ENDLESS })));
    await training;
    const ended = new Promise<string>((resolve) => engine.onExit(resolve));
    engine.kill();
    expect(await run).toMatchObject({ code: 'engine-failed', key: 'linkClosed' });
    expect(await ended).toBe('signal SIGKILL');
  });

  it('by itself, when its parent lets go of it', async () => {
    const child = fork(ENTRY, [], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await createClient(engineContract, nodeProcessLink(child)).getEngineInfo();
    const exited = once(child, 'exit');
    child.disconnect();
    expect(await exited).toEqual([0, null]);
  });
});
