/** A contender: a process of its own that waits, truly idle, until it is asked. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Message, Ready, Reply, Round, Task } from './protocol.ts';

export interface ContenderEntry {
  id: string;
  label: string;
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** Lines of stderr that an error report quotes. */
const STDERR_LINES = 20;
const canPause = process.platform !== 'win32';

export class Contender {
  readonly id: string;
  readonly label: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #exited: Promise<void>;
  #answer: PromiseWithResolvers<Reply> | undefined;
  #stderr: string[] = [];
  #failure: string | undefined;

  constructor({ id, label, command, args, env }: ContenderEntry) {
    this.id = id;
    this.label = label;
    this.#child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#exited = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        this.#fail(`it ended with ${signal ?? `code ${code}`}: ${this.#stderr.join(' | ') || 'no message'}`);
        resolve();
      });
    });
    this.#child.once('error', (error) => this.#fail(error.message));
    // A write to a process that has just ended is answered by its end, not by the pipe's error.
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#receive(line));
    createInterface({ input: this.#child.stderr }).on('line', (line) => {
      this.#stderr = [...this.#stderr, line.trim()].slice(-STDERR_LINES);
    });
  }

  /** Builds, compiles and warms up; rejects with the reason if it cannot. */
  async prepare(task: Task): Promise<Ready> {
    const reply = await this.#ask({ prepare: task });
    return 'ready' in reply ? reply.ready : this.#unexpected(reply);
  }

  async round(steps: number): Promise<Round> {
    const reply = await this.#ask({ round: { steps } });
    return 'result' in reply ? reply.result : this.#unexpected(reply);
  }

  /** Probabilities of the first `images` images, flat. */
  async check(images: number): Promise<number[]> {
    const reply = await this.#ask({ check: { images } });
    return 'probabilities' in reply ? reply.probabilities : this.#unexpected(reply);
  }

  /** Ends the process and waits until it is gone. */
  async close(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Asks, and lets the process run only until it has answered: a thread pool that spins would slow the others down. */
  async #ask(message: Message): Promise<Reply> {
    if (this.#failure !== undefined) throw new Error(this.#failure);
    this.#answer = Promise.withResolvers();
    if (canPause) this.#child.kill('SIGCONT');
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
    try {
      return await this.#answer.promise;
    } finally {
      this.#answer = undefined;
      if (canPause) this.#child.kill('SIGSTOP');
    }
  }

  #receive(line: string): void {
    // Libraries print on stdout what they like; only objects are ours.
    if (line.startsWith('{')) this.#answer?.resolve(JSON.parse(line) as Reply);
  }

  #fail(problem: string): void {
    this.#failure ??= problem;
    this.#answer?.reject(new Error(this.#failure));
  }

  #unexpected(reply: Reply): never {
    throw new Error('error' in reply ? reply.error : `it answered ${JSON.stringify(reply)}`);
  }
}
