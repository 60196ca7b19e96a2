/** What --help prints. */
import type { Command } from './command.ts';
import { describeOption, type OptionDeclarations } from './options.ts';
import { formatColumns } from './table.ts';

export const PROGRAM = 'digit-studio';

/** One line: the command, its arguments and its options, optional ones in brackets. */
export function usageOf({ name, positionals, options }: Command): string {
  const written = Object.entries(options).map(([option, declaration]) => {
    const text = describeOption(option, declaration);
    return 'required' in declaration ? text : `[${text}]`;
  });
  return [PROGRAM, name, ...positionals, ...written].join(' ');
}

/** All about one command. */
export function commandHelp(command: Command, globals: OptionDeclarations): string {
  const sections = [usageOf(command), '', command.summary];
  if (Object.keys(command.options).length > 0) sections.push('', 'Options', optionList(command.options));
  return [...sections, '', 'Always possible', optionList(globals)].join('\n');
}

/** All commands in one line each. */
export function generalHelp(commands: readonly Command[], globals: OptionDeclarations): string {
  const rows = commands.map((command) => [
    `  ${[command.name, ...command.positionals].join(' ')}`,
    command.summary,
  ]);
  return [
    `${PROGRAM} COMMAND [options]`,
    '',
    'Commands',
    formatColumns(rows),
    '',
    'Always possible',
    optionList(globals),
    '',
    `More about one command: ${PROGRAM} COMMAND --help`,
  ].join('\n');
}

function optionList(options: OptionDeclarations): string {
  return formatColumns(
    Object.entries(options).map(([name, option]) => [`  ${describeOption(name, option)}`, option.help]),
  );
}
