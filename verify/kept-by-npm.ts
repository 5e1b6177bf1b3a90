import type { Command } from 'commander';

type Variables = Readonly<Record<string, string | undefined>>;

/** Options of npm itself. A file `.npmrc` or an environment variable can set these options for each command. */
const npmOptions: readonly string[] = ['--json', '--yes'];

/**
 * Ends the command with an error if npm has kept some of its options. For `npm start --fresh`, npm does not pass the
 * option to the program. npm only sets the environment variable `npm_config_fresh`. Call this function before `parse`,
 * because the value of such an option remains as an argument, and `parse` then refuses this argument.
 * @param program the command, with its options and its subcommands
 * @param env the environment variables that npm has set
 * @throws CommanderError if `program` has an exit override
 */
export function refuseKeptByNpm(program: Command, env: Variables): void {
  const kept = [...new Set(optionsOf(program))].filter(
    (option) => !npmOptions.includes(option) && env[variableOf(option)] !== undefined,
  );
  if (kept.length === 0) return;
  program.showHelpAfterError(afterSeparator(program.name()));
  program.error(`error: npm did not pass these options to the command: ${kept.join(', ')}`);
}

/** @param name the command with its separator, such as `npm start --` */
export const afterSeparator = (name: string): string =>
  `(Write options after a separate --: ${name} --help lists them.)`;

function optionsOf({ options, commands }: Pick<Command, 'options' | 'commands'>): readonly string[] {
  return [...options.flatMap(({ long }) => (long ? [long] : [])), ...commands.flatMap(optionsOf)];
}

/** npm sets the variable of `--open` for `--no-open`. */
const variableOf = (option: string): string =>
  `npm_config_${option.replace(/^--(no-)?/, '').replaceAll('-', '_')}`;
