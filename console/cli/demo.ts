import { Command, CommanderError } from 'commander';
import { ports } from '../../config/topology.ts';
import { refuseKeptByNpm } from '../../verify/kept-by-npm.ts';
import { withOffset } from '../pipeline-text.ts';
import { ConsoleClient, CouldNot, Refused } from './client.ts';
import { addCommands } from './commands.ts';
import { wholeNumber } from './values.ts';

const exitCodes = { refused: 1, couldNot: 2 } as const;

interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** npm sets `npm_config_port_offset` if the user writes `--port-offset` before `--`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a command of `npm run demo`.
 * @param argv the arguments after `--`
 * @returns the exit code
 */
export async function runDemo(argv: readonly string[], { out, err, env = {} }: Terminal): Promise<number> {
  let exitCode = 0;
  const program = demoProgram()
    .configureOutput({ writeOut: out, writeErr: err })
    // This call must precede `addCommands`, because subcommands copy the current settings.
    .exitOverride();

  addCommands(program, async (work) => {
    const { portOffset, json } = program.opts<{ portOffset: number; json?: boolean }>();
    const url = `http://127.0.0.1:${ports.console + portOffset}`;
    try {
      const { text, data } = await work(new ConsoleClient(url, 'npm start'));
      out(`${json ? JSON.stringify(data, null, 2) : withOffset(text, portOffset)}\n`);
    } catch (error) {
      if (!(error instanceof CouldNot || error instanceof Refused)) throw error;
      err(`${withOffset(error.message, portOffset)}\n`);
      exitCode = error instanceof CouldNot ? exitCodes.couldNot : exitCodes.refused;
    }
  });

  try {
    refuseKeptByNpm(program, env);
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    // Commander has already printed this error.
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode;
  }
  return exitCode;
}

/** The help of every command for the reference page, in 80 columns without colours. */
export function demoHelps(): readonly string[] {
  const program = demoProgram().configureOutput({ getOutHelpWidth: () => 80, getOutHasColors: () => false });
  addCommands(program, async () => {});
  const helps = ({ commands }: Command): readonly string[] =>
    commands.flatMap((command) => [command.helpInformation().trim(), ...helps(command as Command)]);
  return helps(program);
}

function demoProgram(): Command {
  return new Command('npm run demo --')
    .description(
      `Controls a running laptop pipeline through its console. The exit code is ${exitCodes.refused} if the console refuses the request. The exit code is ${exitCodes.couldNot} if the pipeline does not run, or if the request fails.`,
    )
    .option('--port-offset <N>', 'the port offset of the pipeline', wholeNumber, 0)
    .option('--json', 'prints JSON')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError();
}
