import { Command, CommanderError } from 'commander';
import { ports } from '../../config/topology.ts';
import { ConsoleClient, CouldNot, Refused } from './client.ts';
import { addCommands } from './commands.ts';
import { wholeNumber } from './values.ts';

const exitCodes = { refused: 1, couldNot: 2 } as const;

/** Where the command writes. */
interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * Runs one command line of `npm run demo`.
 * @param argv the arguments after `--`
 * @returns the exit code
 */
export async function runDemo(argv: readonly string[], { out, err }: Terminal): Promise<number> {
  let exitCode = 0;
  const program = new Command('npm run demo --')
    .description(
      `Controls a running laptop pipeline through its console. Exit codes: ${exitCodes.refused} the request is refused, ${exitCodes.couldNot} the pipeline does not run or could not do it.`,
    )
    .option('--port-offset <N>', 'the port offset of the pipeline', wholeNumber, 0)
    .option('--json', 'prints JSON')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: out, writeErr: err })
    .showHelpAfterError()
    // The commands that follow inherit all of this.
    .exitOverride();

  addCommands(program, async (work) => {
    const { portOffset, json } = program.opts<{ portOffset: number; json?: boolean }>();
    const url = `http://127.0.0.1:${ports.console + portOffset}`;
    const start = portOffset === 0 ? 'npm start' : `npm start -- --port-offset ${portOffset}`;
    try {
      const { text, data } = await work(new ConsoleClient(url, start));
      out(`${json ? JSON.stringify(data, null, 2) : text}\n`);
    } catch (error) {
      if (!(error instanceof CouldNot || error instanceof Refused)) throw error;
      err(`${error.message}\n`);
      exitCode = error instanceof CouldNot ? exitCodes.couldNot : exitCodes.refused;
    }
  });

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    // Commander has printed the help or the mistake.
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode;
  }
  return exitCode;
}
