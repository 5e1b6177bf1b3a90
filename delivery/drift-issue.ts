import { Command } from 'commander';
import { endWith } from './end-with.ts';
import { exitCodesText } from './exit-codes.ts';

const program = new Command('npm run ci:drift-issue --')
  .description(
    `Opens or updates one issue of this repository for each environment with drift, and closes the issue of an environment without drift. ${exitCodesText({ done: 'every issue is up to date', couldNotRun: 'the drift of an environment is not known or GitHub cannot be reached' })}`,
  )
  .argument('<folder>', 'one folder for each environment, with drift.md and exit-code of npm run drift')
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse();
const [folder = ''] = program.args;

await endWith(async () => {
  const { readJob } = await import('./github/settings.ts');
  const { GitHubApi } = await import('./github/api.ts');
  const { readDriftResults } = await import('./drift-issue/results.ts');
  const { updateDriftIssues } = await import('./drift-issue/drift-issues.ts');
  const results = readDriftResults(folder);
  const job = readJob(process.env);
  return updateDriftIssues({ results, api: new GitHubApi(job), runUrl: job.runUrl, report: console.error });
});
