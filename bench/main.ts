/** Benches by name; each prints its figures. `npm run bench -- laptop` runs one, without a name all run. */
const benches: Readonly<Record<string, () => Promise<{ bench(): Promise<void> }>>> = {
  functions: () => import('./functions/bench.ts'),
  laptop: () => import('./laptop/bench.ts'),
  synth: () => import('./synth/bench.ts'),
};

// The servers run on this machine: no proxy of the shell is asked for them, even with NODE_USE_ENV_PROXY (Node 24).
process.env.no_proxy = '127.0.0.1';

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benches);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}
for (const name of names) {
  console.log(`\n${name}`);
  await (await benches[name]?.())?.bench();
}
