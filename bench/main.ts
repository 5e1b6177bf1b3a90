import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { parseOffset } from '../demo/settings.ts';
import { addFederationOptions } from './federation/options.ts';
import type { BenchOptions } from './options.ts';

/** The benchmarks run in this order. Without a name on the command line, all benchmarks run. */
const benches: Readonly<Record<string, () => Promise<{ bench(options: BenchOptions): Promise<void> }>>> = {
  console: () => import('./console/bench.ts'),
  functions: () => import('./functions/bench.ts'),
  laptop: () => import('./laptop/bench.ts'),
  review: () => import('./review/bench.ts'),
  synth: () => import('./synth/bench.ts'),
  // `federation` runs last. Its handler of Ctrl-C would stay active in later benchmarks.
  federation: () => import('./federation/bench.ts'),
};

// Without `no_proxy`, Node 24 with NODE_USE_ENV_PROXY would send local requests to a proxy.
process.env.no_proxy = '127.0.0.1';

const command = new Command('npm run bench --')
  .description('Runs benchmarks and prints the measured values.')
  .addArgument(
    new Argument('[benches...]', 'only these benchmarks; without a name, all').choices(Object.keys(benches)),
  )
  .addOption(
    new Option('--pipeline <offset>', 'console: uses the running pipeline with this port offset').argParser(
      parseOffset,
    ),
  )
  .addOption(
    new Option('--minutes <N>', 'console: measures the heap of the page for N minutes')
      .default(5)
      .argParser(parseMinutes),
  )
  .showHelpAfterError();
addFederationOptions(command).parse();
const options = command.opts<BenchOptions>();
for (const [name, load] of Object.entries(benches)) {
  if (command.args.length > 0 && !command.args.includes(name)) continue;
  console.log(`\n${name}`);
  await (await load()).bench(options);
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 24 * 60) return minutes;
  throw new InvalidArgumentError('Expected a whole number of minutes from 1 to 1440, such as 60.');
}
