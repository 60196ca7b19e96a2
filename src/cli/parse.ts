/** From typed words to a command with checked options. */
import { parseArgs } from 'node:util';
import { fail } from '../shared/errors.ts';
import type { Command, Invocation } from './command.ts';
import { usageOf } from './help.ts';
import type { OptionDeclaration, OptionDeclarations } from './options.ts';

export interface ParsedWords {
  readonly positionals: string[];
  /** Values as typed: true for a flag. The last one wins. */
  readonly values: Record<string, string | boolean | undefined>;
}

/** Splits words by what the options declare to take a value, without judging them. */
export function splitWords(words: readonly string[], declarations: OptionDeclarations) {
  const options = Object.fromEntries(
    Object.entries(declarations).map(([name, { kind }]) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  // Lenient, because the checks of parseWords have translated messages that say what there is instead.
  return parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
}

/** The positionals and the options as typed; refuses options that are not declared. `command` is for messages. */
export function parseWords(
  words: readonly string[],
  declarations: OptionDeclarations,
  command: string,
): ParsedWords {
  const { tokens, positionals } = splitWords(words, declarations);
  const values: ParsedWords['values'] = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const declaration = Object.hasOwn(declarations, token.name) ? declarations[token.name] : undefined;
    if (!declaration) {
      const known = Object.keys(declarations).map((name) => `--${name}`);
      fail('cliUnknownOption', { command, option: token.rawName, known: known.join(', ') });
    }
    values[token.name] = declaration.kind === 'flag' ? flagValue(token) : textValue(token);
  }
  return { positionals, values };
}

interface OptionToken {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function flagValue({ rawName, value }: OptionToken): true {
  if (value !== undefined) fail('cliOptionTakesNoValue', { option: rawName, received: value });
  return true;
}

/** A value that looks like an option is one whose value was forgotten, unless it is written `--name=--value`. */
function textValue({ rawName, value, inlineValue }: OptionToken): string {
  if (value === undefined || (!inlineValue && value.startsWith('--')))
    fail('cliOptionNeedsValue', { option: rawName });
  return value;
}

/** The arguments and options of `command`, complete and of the declared kinds. */
export function checkInvocation(command: Command, { positionals, values }: ParsedWords): Invocation {
  const usage = usageOf(command);
  const last = command.positionals.at(-1);
  const extra = last?.endsWith('...') ? undefined : positionals[command.positionals.length];
  if (extra !== undefined) fail('cliUnexpectedArgument', { command: command.name, argument: extra, usage });
  const missing = command.positionals[positionals.length];
  if (missing !== undefined) fail('cliMissingArgument', { command: command.name, argument: missing, usage });
  const options = Object.entries(command.options).map(([name, declaration]) => {
    const typed = values[name];
    if (typed === undefined && 'required' in declaration)
      fail('cliMissingArgument', { command: command.name, argument: `--${name}`, usage });
    return [name, optionValue(`--${name}`, declaration, typed)];
  });
  return { positionals, options: Object.fromEntries(options) as Invocation['options'] };
}

function optionValue(option: string, declaration: OptionDeclaration, typed: string | boolean | undefined) {
  if (declaration.kind === 'flag') return typed === true;
  if (typeof typed !== 'string') return undefined;
  if (declaration.kind === 'choice') {
    const choices = declaration.choices.join(', ');
    return declaration.choices.includes(typed)
      ? typed
      : fail('cliOptionNotChoice', { option, choices, received: typed });
  }
  if (declaration.kind === 'text') return typed;
  const value = Number(typed);
  if (typed.trim() === '' || !Number.isFinite(value)) fail('cliOptionNotNumber', { option, received: typed });
  if (declaration.kind === 'whole' && !Number.isSafeInteger(value))
    fail('cliOptionNotWhole', { option, received: typed });
  return value;
}
