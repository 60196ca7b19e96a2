/** One engine process that has started and answers, and calls to it that always end. */
import { appError, AppError, toAppError } from '../../shared/errors.ts';
import { engineContract, type EngineClient } from '../../shared/engine-contract.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { EngineProcess, SpawnEngine } from '../engine-process.ts';

/** Loading 600 MB of native library from a cold, slow disk takes its time. */
const START_TIMEOUT_MS = 60_000;
/** How long after the link closes the process may take to say why it ended. */
const LAST_WORDS_MS = 2_000;

export interface EngineInfo {
  tensorflow: string;
  threads: number;
  pid: number;
  node: string;
}

export interface CallLimits {
  /** The engine is killed when a call takes longer; without it, a call may take as long as it needs. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface LiveEngine {
  readonly info: EngineInfo;
  /** For events; for calls use `call`, which knows about crashes and deadlines. */
  readonly client: EngineClient;
  /** Resolves with the reason once the process has ended. */
  readonly ended: Promise<string>;
  /** Asks the engine. A crash rejects with `engineCrashed`, a missed deadline with `engineHung`. */
  call<Result>(
    ask: (client: EngineClient, signal: AbortSignal) => Promise<Result>,
    limits?: CallLimits,
  ): Promise<Result>;
  /** Ends the process at once. */
  kill(): void;
}

/** Starts a process and waits until it has loaded TensorFlow and answers. Rejects, with no process left, if it does not. */
export async function startEngine(spawn: SpawnEngine, limits: CallLimits = {}): Promise<LiveEngine> {
  const child = spawn();
  const ended = new Promise<string>((resolve) => child.onExit(resolve));
  const client = createClient(engineContract, child.link);
  const call = createCall({ child, client, ended });
  try {
    const info = await call((engine, signal) => engine.getEngineInfo(undefined, { signal }), {
      timeoutMs: limits.timeoutMs ?? START_TIMEOUT_MS,
      signal: limits.signal,
    });
    return { info, client, ended, call, kill: child.kill };
  } catch (error) {
    child.kill();
    throw error;
  }
}

interface Connection {
  child: EngineProcess;
  client: EngineClient;
  ended: Promise<string>;
}

function createCall({ child, client, ended }: Connection): LiveEngine['call'] {
  return async (ask, { timeoutMs, signal } = {}) => {
    const deadline = new AbortController();
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => deadline.abort(), timeoutMs);
    try {
      return await ask(client, signal ? AbortSignal.any([deadline.signal, signal]) : deadline.signal);
    } catch (error) {
      if (deadline.signal.aborted) {
        // It may be stuck inside native code, where no message reaches it.
        child.kill();
        await lastWords(ended);
        throw appError('engineHung', { seconds: (timeoutMs ?? 0) / 1000 }, { cause: error });
      }
      if (error instanceof AppError && error.key === 'linkClosed')
        throw appError('engineCrashed', { problem: await lastWords(ended) }, { cause: error });
      throw toAppError(error);
    } finally {
      clearTimeout(timer);
    }
  };
}

async function lastWords(ended: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, LAST_WORDS_MS, 'its connection was closed');
  });
  return Promise.race([ended, silence]).finally(() => clearTimeout(timer));
}
