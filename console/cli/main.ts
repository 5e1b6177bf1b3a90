import { Command } from 'commander';
import { ports } from '../../config/topology.ts';
import { ConsoleClient, CouldNot, Refused } from './client.ts';
import { addCommands } from './commands.ts';
import { wholeNumber } from './values.ts';

const exitCodes = { refused: 1, couldNot: 2 } as const;

const program = new Command('npm run demo --')
  .description(
    `Controls a running laptop pipeline through its console. Exit codes: ${exitCodes.refused} the request is refused, ${exitCodes.couldNot} the pipeline does not run or could not do it.`,
  )
  .option('--port-offset <N>', 'the port offset of the pipeline', wholeNumber, 0)
  .option('--json', 'prints JSON')
  .showHelpAfterError()
  .configureHelp({ showGlobalOptions: true });

addCommands(program, async (work) => {
  const { portOffset, json } = program.opts<{ portOffset: number; json?: boolean }>();
  const url = `http://127.0.0.1:${ports.console + portOffset}`;
  const start = portOffset === 0 ? 'npm start' : `npm start -- --port-offset ${portOffset}`;
  try {
    const { text, data } = await work(new ConsoleClient(url, start));
    console.log(json ? JSON.stringify(data, null, 2) : text);
  } catch (error) {
    if (!(error instanceof CouldNot || error instanceof Refused)) throw error;
    console.error(error.message);
    process.exitCode = error instanceof CouldNot ? exitCodes.couldNot : exitCodes.refused;
  }
});

await program.parseAsync();
