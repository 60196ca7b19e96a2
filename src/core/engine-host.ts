/** Keeps one engine answering recognition, through crashes, and gives each job an engine of its own. */
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineState } from '../shared/domain/app.ts';
import type { EngineClient } from '../shared/engine-contract.ts';
import { appError, AppError, toAppError } from '../shared/errors.ts';
import type { SpawnEngine } from './engine-process.ts';
import { startEngine, type CallLimits, type LiveEngine } from './engine/live-engine.ts';
import { createReadiness } from './engine/readiness.ts';
import {
  countCrash,
  DEFAULT_RESTART_POLICY,
  restartDelayMs,
  type RestartPolicy,
} from './engine/restart-policy.ts';

/** How long a call waits for an engine that is starting or restarting. */
const READY_TIMEOUT_MS = 60_000;
/** Reading a drawing takes milliseconds; an engine that takes this long is stuck. */
const CALL_TIMEOUT_MS = 15_000;

export interface EngineHostOptions {
  spawn: SpawnEngine;
  onStateChanged: (state: EngineState) => void;
  /** Milliseconds. */
  now: () => number;
  restartPolicy?: RestartPolicy;
}

export interface EngineHost {
  /** The state of the engine for recognition; it is started when first needed. */
  state(): EngineState;
  /** Starts the engine for recognition unless it runs or is starting. */
  warmUp(): void;
  /**
   * Runs `work` on the engine for recognition, waiting for it if needed. `work` is repeated once, on the next engine,
   * when the engine crashes under it: it must be free of side effects.
   */
  use<Result>(work: EngineWork<Result>, limits?: CallLimits): Promise<Result>;
  /** Starts an engine for one job; whoever asks for it kills it. */
  startJob(signal?: AbortSignal): Promise<LiveEngine>;
  /** Kills every engine and refuses further work. */
  close(): Promise<void>;
}

export type EngineWork<Result> = (
  client: EngineClient,
  context: { signal: AbortSignal; engine: LiveEngine },
) => Promise<Result>;

/** Makes the host; no process is started yet. */
export function createEngineHost(options: EngineHostOptions): EngineHost {
  const { spawn, now, restartPolicy = DEFAULT_RESTART_POLICY } = options;
  const closing = new AbortController();
  const readiness = createReadiness<LiveEngine>();
  const engines = new Set<LiveEngine>();
  let state: EngineState = { kind: 'starting' };
  let supervising: Promise<void> | null = null;

  function changeState(next: EngineState): void {
    state = next;
    options.onStateChanged(next);
  }

  async function start(signal: AbortSignal): Promise<LiveEngine> {
    const engine = await startEngine(spawn, { signal });
    engines.add(engine);
    void engine.ended.then(() => engines.delete(engine));
    return engine;
  }

  /** One engine's life; gives why it ended. */
  async function runOnce(): Promise<AppError> {
    try {
      const engine = await start(closing.signal);
      const { tensorflow, threads } = engine.info;
      changeState({ kind: 'ready', tensorflow, threads });
      readiness.ready(engine);
      return appError('engineCrashed', { problem: await engine.ended });
    } catch (error) {
      return toAppError(error);
    } finally {
      readiness.lost();
    }
  }

  /** Engine after engine, until the host closes or starting again has no point. */
  async function supervise(): Promise<void> {
    changeState({ kind: 'starting' });
    for (let crashes = 0; ;) {
      const startedAt = now();
      const error = await runOnce();
      if (closing.signal.aborted) return readiness.failed(appError('appClosing'));
      crashes = countCrash(crashes, now() - startedAt, restartPolicy);
      const delayMs = error.code === 'native-missing' ? null : restartDelayMs(crashes, restartPolicy);
      if (delayMs === null) return giveUp(error);
      changeState({ kind: 'restarting', attempt: crashes, reason: error.message });
      await delay(delayMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  function giveUp(error: AppError): void {
    changeState({ kind: 'failed', reason: error.message });
    const isPlain = error.code === 'native-missing';
    readiness.failed(
      isPlain ? error : appError('engineNotStarting', { problem: error.message }, { cause: error }),
    );
  }

  function warmUp(): void {
    if (closing.signal.aborted) return;
    supervising ??= supervise().finally(() => {
      supervising = null;
    });
  }

  async function use<Result>(work: EngineWork<Result>, limits: CallLimits = {}): Promise<Result> {
    const { signal, timeoutMs = CALL_TIMEOUT_MS } = limits;
    for (let isRepeated = false; ; isRepeated = true) {
      if (closing.signal.aborted) throw appError('appClosing');
      warmUp();
      const engine = await readiness.wait({ timeoutMs: READY_TIMEOUT_MS, signal });
      try {
        return await engine.call((client, context) => work(client, { signal: context, engine }), {
          timeoutMs,
          signal,
        });
      } catch (error) {
        if (isRepeated || !(error instanceof AppError) || error.key !== 'engineCrashed') throw error;
      }
    }
  }

  return {
    state: () => state,
    warmUp,
    use,
    startJob(signal) {
      if (closing.signal.aborted) return Promise.reject(appError('appClosing'));
      return start(signal ? AbortSignal.any([signal, closing.signal]) : closing.signal);
    },
    async close() {
      closing.abort();
      const ended = [...engines].map((engine) => (engine.kill(), engine.ended));
      await Promise.all([...ended, supervising]);
    },
  };
}
