import type { Command } from 'commander';

type Variables = Readonly<Record<string, string | undefined>>;

/** Options of npm itself. For example, `json=true` in the file `.npmrc` sets `npm_config_json`. */
const npmOptions: readonly string[] = ['--json', '--yes'];

/** Ends the command if the user forgot `--`. Call this function before `parse`. */
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

/** npm removes `no-` from the name of an option: `--no-open` sets `npm_config_open`. */
const variableOf = (option: string): string =>
  `npm_config_${option.replace(/^--(no-)?/, '').replaceAll('-', '_')}`;
