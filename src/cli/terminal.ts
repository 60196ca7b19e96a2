/** Where a command's words go: results to stdout, everything else to stderr. */
import { errorMessage, type AppError } from '../shared/errors.ts';
import type { Language } from '../shared/domain/app.ts';

/** The part of a Node stream that is needed. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface TerminalOptions {
  readonly stdout: Output;
  readonly stderr: Output;
  /** One JSON document instead of text for people. */
  readonly json: boolean;
  /** No progress. */
  readonly quiet: boolean;
  /** Told by the environment until the settings are known. */
  readonly language: Language;
}

/** The two streams of a run of the program, in the person's language. */
export class Terminal {
  readonly #options: TerminalOptions;
  #language: Language;
  #hasBar = false;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#language = options.language;
  }

  get isJson(): boolean {
    return this.#options.json;
  }

  useLanguage(language: Language): void {
    this.#language = language;
  }

  /** The one result: `data` as JSON, or `text` for people. */
  result(data: unknown, text: string): void {
    this.#options.stdout.write(this.isJson ? `${JSON.stringify(data)}\n` : `${text}\n`);
  }

  /** A line about what is going on. */
  note(line: string): void {
    if (!this.#options.quiet) this.#writeLine(line);
  }

  /** A passing state, drawn over by the next one; only where a person is watching. */
  bar(line: string): void {
    const { stderr, quiet } = this.#options;
    if (quiet || !stderr.isTTY) return;
    stderr.write(`\r\u001b[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
    this.#hasBar = true;
  }

  /** What an error says in the person's language. */
  describe(error: AppError): string {
    return errorMessage(error, this.#language);
  }

  /** A line that must be seen, even with --quiet. */
  warn(line: string): void {
    this.#writeLine(line);
  }

  #writeLine(line: string): void {
    this.#options.stderr.write(`${this.#hasBar ? '\r\u001b[2K' : ''}${line}\n`);
    this.#hasBar = false;
  }
}
