/** Electron's `utilityProcess` over Node's fork: a real process that finds `process.parentPort`. */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

class FakeUtilityProcess extends EventEmitter {
  pid: number | undefined;
  readonly stderr: Readable | null;
  readonly #child;

  constructor(script: string) {
    super();
    this.#child = fork(script, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--import', join(import.meta.dirname, 'parent-port.ts')],
    });
    this.pid = this.#child.pid;
    this.stderr = this.#child.stderr;
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code) => {
      this.pid = undefined;
      this.emit('exit', code ?? 1);
    });
  }

  postMessage(message: unknown): void {
    this.#child.send(message as object);
  }

  kill(): boolean {
    return this.#child.kill();
  }
}

export const utilityProcess = { fork: (script: string) => new FakeUtilityProcess(script) };
