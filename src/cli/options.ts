/** What options a command may declare, and what their values are in TypeScript. */

interface Documented {
  /** One line for --help. */
  readonly help: string;
}

/** `--name`, on or off. */
export interface FlagOption extends Documented {
  readonly kind: 'flag';
}

/** `--name VALUE`: any text, a number, or a whole number. `value` is how --help names the value. */
export interface ValueOption extends Documented {
  readonly kind: 'text' | 'number' | 'whole';
  readonly value: string;
  readonly required?: true;
}

/** `--name VALUE`: one of a list. */
export interface ChoiceOption extends Documented {
  readonly kind: 'choice';
  readonly choices: readonly string[];
}

export type OptionDeclaration = FlagOption | ValueOption | ChoiceOption;
export type OptionDeclarations = Readonly<Record<string, OptionDeclaration>>;

type ValueOf<Declaration extends OptionDeclaration> = Declaration extends FlagOption
  ? boolean
  : Declaration extends ChoiceOption
    ? Declaration['choices'][number] | undefined
    : Declaration extends { kind: 'text'; required: true }
      ? string
      : Declaration extends { kind: 'text' }
        ? string | undefined
        : number | undefined;

/** The values of declared options; a flag that is not given is false, other options undefined. */
export type OptionValues<Declarations extends OptionDeclarations> = {
  readonly [Name in keyof Declarations]: ValueOf<Declarations[Name]>;
};

/** How an option is written: `--epochs N`. */
export function describeOption(name: string, option: OptionDeclaration): string {
  if (option.kind === 'flag') return `--${name}`;
  return `--${name} ${option.kind === 'choice' ? option.choices.join('|') : option.value}`;
}
