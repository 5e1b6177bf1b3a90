import { Command, CommanderError } from 'commander';

/**
 * Finds the known names that are similar to a wrong name. commander exports no function for this search, but prints
 * similar names in the error for an unknown command.
 * @returns a question such as `Did you mean nats-killed?`; undefined if no name is similar
 */
export function didYouMean(name: string, names: readonly string[]): string | undefined {
  let message = '';
  const program = new Command().helpCommand(false).exitOverride();
  program.configureOutput({
    writeErr: (text) => {
      message += text;
    },
  });
  for (const known of names) program.command(known);
  try {
    program.parse([name], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return /Did you mean [^?]+\?/.exec(message)?.[0];
}
