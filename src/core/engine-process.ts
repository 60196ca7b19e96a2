/** A process that runs the engine, as core sees it, and the way to start one with Node alone. */
import { fork } from 'node:child_process';
import type { Link } from '../shared/rpc/link.ts';
import { nodeProcessLink } from '../shared/rpc/process-link.ts';

export interface EngineProcess {
  readonly link: Link;
  readonly pid: number | undefined;
  /** Ends the process at once, whatever it is doing. */
  kill(): void;
  /** Resolves when the process is gone, with how it ended in words: `exit code 1`, `signal SIGKILL`. */
  readonly exited: Promise<string>;
}

/** Starts an engine process; each shell has its own way. */
export type SpawnEngine = () => EngineProcess;

const STDERR = 2;

/** Starts the engine at `script` as a child of this Node process. */
export function forkEngine(script: string): SpawnEngine {
  return () => {
    const child = fork(script, {
      // Typed arrays as they are, not as JSON.
      serialization: 'advanced',
      // Native libraries print to stdout as they like; ours is for the reader of --json and of the event lines.
      stdio: ['ignore', STDERR, STDERR, 'ipc'],
      execArgv: [],
    });
    const exited = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) =>
        resolve(signal === null ? `exit code ${code}` : `signal ${signal}`),
      );
      child.once('error', (error) => resolve(error.message));
    });
    return { link: nodeProcessLink(child), pid: child.pid, kill: () => void child.kill('SIGKILL'), exited };
  };
}
