import { Argument, Command } from 'commander';

/** Benches by name. `npm run bench -- laptop` runs one bench. Without a name, all benches run. */
const benches: Readonly<Record<string, () => Promise<{ bench(): Promise<void> }>>> = {
  functions: () => import('./functions/bench.ts'),
  laptop: () => import('./laptop/bench.ts'),
  synth: () => import('./synth/bench.ts'),
};

// The servers run on this machine, therefore the benches use no proxy. Otherwise Node 24 with NODE_USE_ENV_PROXY would
// use a proxy.
process.env.no_proxy = '127.0.0.1';

const command = new Command('npm run bench --')
  .description('Runs the benches and prints their figures.')
  .addArgument(new Argument('[benches...]', 'only these').choices(Object.keys(benches)))
  .showHelpAfterError()
  .parse();
const names = command.args.length > 0 ? command.args : Object.keys(benches);
for (const name of names) {
  console.log(`\n${name}`);
  await (await benches[name]?.())?.bench();
}
