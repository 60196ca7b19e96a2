/** What a command is: one declaration that parsing, help and running all read. */
import type { AppClient } from '../shared/contract.ts';
import type { OptionDeclarations, OptionValues } from './options.ts';
import type { OpenApp } from './open-app.ts';
import type { Terminal } from './terminal.ts';

/** 0 done, 1 failed, 2 wrong usage or bad input. */
export type ExitCode = 0 | 1 | 2;

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Opens the app at the first call; it is closed when the command ends. */
  readonly client: () => Promise<AppClient>;
  /** The app itself, for a command that serves it to others. */
  readonly app: () => Promise<OpenApp>;
  /** Calls `listener` for every Ctrl+C until the returned function is called; without a listener it ends the program. */
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** What was typed after the command's name. */
export interface Invocation<Declarations extends OptionDeclarations = OptionDeclarations> {
  readonly positionals: readonly string[];
  readonly options: OptionValues<Declarations>;
}

export interface Command {
  /** One word or two: `datasets show`. */
  readonly name: string;
  readonly summary: string;
  /** Names of the arguments; one that ends with `...` takes one or more. All must be given. */
  readonly positionals: readonly string[];
  readonly options: OptionDeclarations;
  readonly run: (context: CommandContext, invocation: Invocation) => Promise<ExitCode>;
}

interface TypedCommand<Declarations extends OptionDeclarations> extends Omit<Command, 'options' | 'run'> {
  readonly options: Declarations;
  readonly run: (context: CommandContext, invocation: Invocation<Declarations>) => Promise<ExitCode>;
}

/** Declares a command; its `run` sees the values of exactly the options it declares. */
export function defineCommand<const Declarations extends OptionDeclarations>(
  command: TypedCommand<Declarations>,
): Command {
  // Sound because parseInvocation gives `run` what `options` declares; the list of commands cannot know each type.
  return command as unknown as Command;
}
