import { join } from 'node:path';
import { Command, Option } from 'commander';
import { type Tier, tiers } from '../review/tier.ts';
import { stopRequest } from '../toolchain/stop-request.ts';
import { endWith } from './end-with.ts';
import { exitCodesText } from './exit-codes.ts';
import { acceptLabels } from './policy/accept-labels.ts';

const program = new Command('npm run ci:plan --')
  .description(
    `Plans all stacks of environments, reviews the plans, and writes the review of each environment to a folder. Changes nothing, holds no lock, and needs no secret of the environment. ${exitCodesText({ done: 'no finding fails the command', refused: 'a finding fails the command (see --fail-on and --labels)', couldNotRun: 'an environment cannot be planned' })}`,
  )
  .argument('[environments...]', 'the environments; without a name, the environments that --base selects')
  .option('--base <commit>', 'selects environments whose stacks have changed since this earlier commit')
  .option('--out <folder>', 'the folder of the reviews', 'delivery-out')
  .addOption(
    new Option('--fail-on <tier>', 'findings of the given tier or of a higher tier fail the command')
      .choices([...tiers.slice(1), 'never'])
      .default('dangerous'),
  )
  .option(
    '--labels <list>',
    `labels of the pull request, separated by commas; ${Object.entries(acceptLabels)
      .map(([tier, label]) => `${label} accepts the tier ${tier}`)
      .join(', ')}`,
    '',
  )
  .showHelpAfterError()
  .parse();
const { base, out, failOn, labels } = program.opts<{
  base?: string;
  out: string;
  failOn: Tier | 'never';
  labels: string;
}>();

await endWith(async () => {
  const { planEnvironments } = await import('./plan-environments.ts');
  return planEnvironments({
    project: join(import.meta.dirname, '..'),
    environments: program.args,
    base,
    out,
    failOn: failOn === 'never' ? undefined : failOn,
    labels: labels.split(',').map((label) => label.trim()),
    signal: stopRequest('ci:plan'),
    print: console.log,
    report: console.error,
  });
});
process.exit();
