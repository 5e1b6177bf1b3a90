import { join } from 'node:path';
import { Command, Option } from 'commander';
import { type Tier, tiers } from '../review/tier.ts';
import { stopRequest } from '../toolchain/stop-request.ts';
import { endWith } from './end-with.ts';
import { exitCodesText } from './exit-codes.ts';

const program = new Command('npm run ci:deploy --')
  .description(
    `Plans all stacks of an environment, reviews the plans, and applies exactly these plans without a question. With --reviewed, applies only plans that do what the approved plans do. ${exitCodesText({ done: 'the environment is deployed', refused: 'the plans are refused and nothing is applied', couldNotRun: 'a stack cannot be planned or applied' })}`,
  )
  .argument('<environment>', 'such as dev')
  .option('--reviewed <folder>', 'the folder of the approved review, which npm run ci:plan has written')
  .option('--out <folder>', 'the folder of the reviews', 'delivery-out')
  .addOption(
    new Option('--fail-on <tier>', 'plans of the given tier or of a higher tier are not applied')
      .choices([...tiers.slice(1), 'never'])
      .default('irreversible'),
  )
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse();
const [environment = ''] = program.args;
const { reviewed, out, failOn } = program.opts<{ reviewed?: string; out: string; failOn: Tier | 'never' }>();

await endWith(async () => {
  const { deployEnvironment } = await import('./deploy-environment.ts');
  return deployEnvironment({
    project: join(import.meta.dirname, '..'),
    environment,
    reviewed,
    out,
    failOn: failOn === 'never' ? undefined : failOn,
    signal: stopRequest('ci:deploy'),
    print: console.log,
    report: console.error,
  });
});
process.exit();
