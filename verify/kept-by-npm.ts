import type { Command } from 'commander';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * npm itself has the options `--json` and `--yes`. For example, if .npmrc contains `yes=true`, npm sets the variable
 * `npm_config_yes` for each command. Therefore this variable does not prove that the user forgot `--`.
 */
const npmOptions: readonly string[] = ['--json', '--yes'];

/**
 * Ends the command with an error if the user forgot `--`, as in `npm start --fresh`.
 * Call this function before `parse`.
 * @throws CommanderError if `program` has an exit override
 */
export function refuseKeptByNpm(program: Command, env: Variables): void {
  const kept = [...new Set(optionsOf(program))].filter(
    (option) => !npmOptions.includes(option) && env[variableOf(option)] !== undefined,
  );
  if (kept.length === 0) return;
  program.showHelpAfterError(afterSeparator(program.name()));
  program.error(
    `error: npm did not pass these options to the command: ${kept.join(', ')}. Repeat the command with -- before the first option.`,
  );
}

/** @param name the npm command up to and including `--`, such as `npm start --` */
export const afterSeparator = (name: string): string =>
  `(Write options after a separate --: ${name} --help lists them.)`;

function optionsOf({ options, commands }: Pick<Command, 'options' | 'commands'>): readonly string[] {
  return [...options.flatMap(({ long }) => (long ? [long] : [])), ...commands.flatMap(optionsOf)];
}

/** npm removes `no-` from the name of an option. For `--no-open`, npm sets the variable `npm_config_open`. */
const variableOf = (option: string): string =>
  `npm_config_${option.replace(/^--(no-)?/, '').replaceAll('-', '_')}`;
