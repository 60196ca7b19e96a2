/** What core needs of an engine process, and how the shells without Electron make one: Node's fork. */
import { fork, type ChildProcess } from 'node:child_process';
import { nodeProcessLink } from '../shared/rpc/process-link.ts';
import type { Link } from '../shared/rpc/link.ts';

/** A running engine process and the link over which it answers the engine contract. */
export interface EngineProcess {
  readonly link: Link;
  readonly pid: number | undefined;
  /** Ends the process at once, whatever it is doing. */
  kill(): void;
  /** Listens for the end; `reason` is a phrase for people, such as "signal SIGKILL". Told at once if it has ended. */
  onExit(listener: (reason: string) => void): void;
}

/** Starts an engine process. The shell decides how: Electron's utilityProcess, or Node's fork. */
export type SpawnEngine = () => EngineProcess;

const KEPT_OUTPUT_CHARACTERS = 4_000;

/**
 * Makes the `spawnEngine` of the shells that run on Node. `entry` is the engine's script (src/engine/index.ts in the
 * checkout, out/main/engine.js when built), `execPath` the Node that runs it.
 */
export function forkEngine(entry: string, execPath = process.execPath): SpawnEngine {
  return () => {
    const child = fork(entry, [], {
      execPath,
      // Flags of this process, such as a debugger's port, are not the engine's.
      execArgv: [],
      serialization: 'advanced',
      // Standard output belongs to the command line's results.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // A process group of its own: Ctrl+C in a terminal reaches the app, which then stops the run in good order.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const exit = watchExit(child);
    return {
      link: nodeProcessLink(child),
      pid: child.pid,
      kill: () => void child.kill('SIGKILL'),
      onExit: (listener) => void exit.then(listener),
    };
  };
}

/** Resolves with the reason when the process has ended, or could not be started. */
function watchExit(child: ChildProcess): Promise<string> {
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-KEPT_OUTPUT_CHARACTERS);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // Not `exit`: on `close` the last words on standard error have been read.
    child.once('close', (code, signal) => resolve(describeExit({ code, signal, output })));
  });
}

interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/** "exit code 1 (cannot open shared object file)": how it ended and the most telling line it left. */
export function describeExit({ code, signal, output }: Exit): string {
  const how = signal ? `signal ${signal}` : `exit code ${code}`;
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at '));
  const said =
    lines.findLast((line) => /Error\b|\berror\b|fatal|abort/i.test(line)) ??
    (code ? lines.at(-1) : undefined);
  return said ? `${how} (${said})` : how;
}
