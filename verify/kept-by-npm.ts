import type { Command } from 'commander';

type Variables = Readonly<Record<string, string | undefined>>;

/** Options of npm itself. A file `.npmrc` or an environment variable can set these options for each command. */
const npmOptions: readonly string[] = ['--json', '--yes'];

/**
 * Ends the command with an error if the user forgot `--` before the options. For `npm start --fresh`, npm does not pass
 * `--fresh` to the program. npm only sets the environment variable `npm_config_fresh`.
 * Call this function before `parse`. For `npm run verify --port-offset 10`, npm passes only `10`, and `parse` would report
 * an unexpected argument.
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
  program.error(
    `error: npm did not pass these options to the command: ${kept.join(', ')}. Write -- before the options.`,
  );
}

/** @param name the npm command up to and including `--`, such as `npm start --` */
export const afterSeparator = (name: string): string =>
  `(Write options after a separate --: ${name} --help lists them.)`;

function optionsOf({ options, commands }: Pick<Command, 'options' | 'commands'>): readonly string[] {
  return [...options.flatMap(({ long }) => (long ? [long] : [])), ...commands.flatMap(optionsOf)];
}

/** Returns the environment variable that npm sets for an option. For `--no-open`, npm sets `npm_config_open`. */
const variableOf = (option: string): string =>
  `npm_config_${option.replace(/^--(no-)?/, '').replaceAll('-', '_')}`;
