import { join } from 'node:path';
import { Command } from 'commander';
import { stopRequest } from '../toolchain/stop-request.ts';
import { endWith } from './end-with.ts';
import { exitCodes, exitCodesText } from './exit-codes.ts';

const program = new Command('npm run ci:changed --')
  .description(
    `Prints the environments whose stacks differ from an earlier commit, as a JSON list. An environment with a local state is left out, because only the machine with the state can plan the environment. ${exitCodesText({ done: 'the list is complete', couldNotRun: 'the stacks of a commit cannot be synthesized' })}`,
  )
  .option('--base <commit>', 'the earlier commit, such as HEAD^1 or origin/main')
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse();
const { base = program.error("error: required option '--base <commit>' not specified") } = program.opts<{
  base?: string;
}>();

await endWith(async () => {
  const { changesSince } = await import('./stacks/changes-since.ts');
  const project = join(import.meta.dirname, '..');
  const { changed, environments } = await changesSince({
    project,
    base,
    signal: stopRequest('ci:changed'),
    report: (sentence) => console.error(sentence),
  });
  for (const { stack, change } of changed) console.error(`${stack}: ${change}`);
  console.log(JSON.stringify(environments));
  return exitCodes.done;
});
process.exit();
