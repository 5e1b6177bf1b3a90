import { Command } from 'commander';
import { endWith } from './end-with.ts';
import { environmentList } from './environment-list.ts';
import { exitCodesText } from './exit-codes.ts';
import { acceptLabels } from './policy/accept-labels.ts';

const program = new Command('npm run ci:comment --')
  .description(
    `Writes the reviews of npm run ci:plan as one comment on the pull request of this workflow, and applies the policy: plans that are dangerous or irreversible need the label ${Object.values(acceptLabels).join(' or ')}. The command removes a label that was added before the comment showed these plans. ${exitCodesText({ done: 'the policy accepts the plans', refused: 'the policy refuses them', couldNotRun: 'an environment was not planned or GitHub cannot be reached' })}`,
  )
  .argument('<folder>', 'the folder of the reviews, with one folder for each environment')
  .option(
    '--environments <list>',
    'the environments that had to be planned, as the JSON list of npm run ci:changed',
    environmentList,
  )
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse();
const [reviews = ''] = program.args;
const { environments = program.error("error: required option '--environments <list>' not specified") } =
  program.opts<{ environments?: readonly string[] }>();

await endWith(async () => {
  const { readJob } = await import('./github/settings.ts');
  const { GitHubApi } = await import('./github/api.ts');
  const { commentOnPlans } = await import('./comment/comment-on-plans.ts');
  const job = readJob(process.env);
  return commentOnPlans({
    reviews,
    environments,
    event: process.env.GITHUB_EVENT_PATH ?? 'GITHUB_EVENT_PATH',
    api: new GitHubApi(job),
    runUrl: job.runUrl,
    report: console.error,
  });
});
