import { Command, CommanderError } from 'commander';

/** Text such as `Did you mean nats-killed?`. commander exports no function for similar names. */
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
