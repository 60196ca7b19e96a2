import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngineHost, type EngineHost, type EngineWork } from '../../../src/core/engine-host.ts';
import { forkEngine } from '../../../src/core/engine-process.ts';
import type { EngineState } from '../../../src/shared/domain/app.ts';

const FAKE_ENGINE = resolve(import.meta.dirname, '../../support/fake-engine.ts');
const restartPolicy = { firstDelayMs: 1, longestDelayMs: 4, soundAfterMs: 60_000, maxQuickCrashes: 2 };

let host: EngineHost | undefined;
afterEach(async () => {
  delete process.env.FAKE_ENGINE_START;
  await host?.close();
});

function start(): { host: EngineHost; states: EngineState[] } {
  const states: EngineState[] = [];
  host = createEngineHost({
    spawn: forkEngine(FAKE_ENGINE),
    onStateChanged: (state) => states.push(state),
    now: () => performance.now(),
    restartPolicy,
  });
  return { host, states };
}

const predict =
  (model: string): EngineWork<number> =>
  async (client, { signal }) => {
    const answer = await client.predict({ model, images: new Uint8Array(784).fill(7) }, { signal });
    return answer.probabilities.indexOf(Math.max(...answer.probabilities));
  };
const pidOf: EngineWork<number> = async (_, { engine }) => engine.info.pid;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('engine for recognition', () => {
  it('starts when first used and stays', async () => {
    const { host, states } = start();
    expect(states).toEqual([]);
    expect(await host.use(predict('m'))).toBe(7);
    expect(await host.use(pidOf)).toBe(await host.use(pidOf));
    expect(states).toEqual([{ kind: 'starting' }, { kind: 'ready', tensorflow: 'fake', threads: 1 }]);
    expect(host.state()).toEqual(states[1]);
  });

  it('comes back after a kill; the call that was lost is repeated and the caller never knows', async () => {
    const { host, states } = start();
    const folder = mkdtempSync(join(tmpdir(), 'host-'));
    const before = await host.use(pidOf);
    expect(await host.use(predict(`crash-once:${join(folder, 'done')}`))).toBe(7);
    expect(await host.use(pidOf)).not.toBe(before);
    expect(states.map(({ kind }) => kind)).toEqual(['starting', 'ready', 'restarting', 'ready']);
    expect(states[2]).toMatchObject({ attempt: 1, reason: expect.stringContaining('SIGKILL') });
    rmSync(folder, { recursive: true });
  });

  it('gives an error to a call that always crashes, then works again', async () => {
    const { host } = start();
    await expect(host.use(predict('crash'))).rejects.toMatchObject({
      code: 'engine-failed',
      key: 'engineCrashed',
      message: 'The engine ended unexpectedly: signal SIGKILL',
    });
    expect(await host.use(predict('m'))).toBe(7);
  });

  it('kills an engine that does not answer in time', async () => {
    const { host } = start();
    const pid = await host.use(pidOf);
    await expect(host.use(predict('hang'), { timeoutMs: 100 })).rejects.toMatchObject({ key: 'engineHung' });
    expect(await host.use(pidOf)).not.toBe(pid);
    expect(isRunning(pid)).toBe(false);
  });

  it('gives up after several quick crashes with the reason, and tries again when asked', async () => {
    process.env.FAKE_ENGINE_START = 'crash';
    const { host, states } = start();
    await expect(host.use(predict('m'))).rejects.toThrow(
      'The engine does not start: The engine ended unexpectedly: exit code 127 (Fatal: cannot open shared object file)',
    );
    expect(states.map(({ kind }) => kind)).toEqual(['starting', 'restarting', 'restarting', 'failed']);
    delete process.env.FAKE_ENGINE_START;
    expect(await host.use(predict('m'))).toBe(7);
  });

  it('does not try again when the native library is missing', async () => {
    process.env.FAKE_ENGINE_START = 'no-native';
    const { host, states } = start();
    await expect(host.use(predict('m'))).rejects.toMatchObject({ code: 'native-missing' });
    expect(states).toEqual([{ kind: 'starting' }, { kind: 'failed', reason: 'No TensorFlow.' }]);
  });

  it('lets a caller go who no longer wants the answer', async () => {
    const { host } = start();
    const aborted = host.use(predict('m'), { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('engines for jobs', () => {
  it('are processes of their own', async () => {
    const { host } = start();
    const job = await host.startJob();
    expect(job.info.pid).not.toBe(await host.use(pidOf));
    job.kill();
    expect(await job.ended).toContain('SIGKILL');
    expect(await host.use(predict('m'))).toBe(7);
  });
});

describe('close', () => {
  it('leaves no process, ends open calls, and refuses new ones', async () => {
    const { host } = start();
    const pids = [await host.use(pidOf), (await host.startJob()).info.pid];
    const open = host.use(predict('hang')).catch((error: unknown) => error);
    await host.close();
    expect(await open).toMatchObject({ name: 'AppError' });
    expect(pids.map(isRunning)).toEqual([false, false]);
    await expect(host.use(predict('m'))).rejects.toMatchObject({ key: 'appClosing' });
    await expect(host.startJob()).rejects.toMatchObject({ key: 'appClosing' });
  });
});
