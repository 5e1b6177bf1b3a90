import { Command, InvalidArgumentError, Option } from 'commander';
import { obtainPrograms, renderProgress } from '../../../toolchain/index.ts';
import { exitCodesText, runCheck } from '../check.ts';
import { root } from '../project.ts';
import { secretsReport } from './report.ts';
import { commitsOf } from './repository.ts';
import { scanHistory } from './scan.ts';

const options = new Command('npm run secrets:scan --')
  .description(
    `Scans all commits of all branches and tags for secrets, with gitleaks and with the patterns of the plan review. It prints places and never a secret. ${exitCodesText}`,
  )
  .addOption(new Option('--repository <folder>', 'the repository to scan').default(root, 'this project'))
  .option('--timeout <seconds>', 'how long the scan may take', seconds, 600)
  .showHelpAfterError()
  .parse()
  .opts<{ repository: string; timeout: number }>();

const remedy =
  'Revoke each real secret. A deletion is not enough, because the Git history keeps the deleted file. If a reported place contains no secret, add the text of this place and a reason to delivery/supply-chain/secrets/reviewed.ts.';

/** Seconds between two lines of progress. */
const progressEvery = 10;

await runCheck(async () => {
  const { repository, timeout } = options;
  const commits = await commitsOf(repository);
  const onProgress = renderProgress(process.stderr);
  const { gitleaks } = await obtainPrograms({ names: ['gitleaks'], onProgress, onNotice: onProgress.say });
  onProgress.end();
  const started = performance.now();
  const elapsed = () => Math.round((performance.now() - started) / 1000);
  const progress = setInterval(
    () => console.error(`scanning ${commits} commits: ${elapsed()} s of at most ${timeout} s`),
    progressEvery * 1000,
  );
  try {
    const found = await scanHistory({ repository, gitleaks: gitleaks.path, timeout: timeout * 1000 });
    const { failures, reviewed, unused } = secretsReport(found);
    console.log(
      `${commits} commits in ${elapsed()} s: ${failures.length} possible secrets, ${reviewed} reviewed places without a secret`,
    );
    for (const { text } of repository === root ? unused : [])
      console.log(
        `The entry ${text.source} in delivery/supply-chain/secrets/reviewed.ts matches no text that the scanner found. Delete the entry.`,
      );
    for (const failure of failures) console.error(failure);
    if (failures.length > 0) console.error(remedy);
    return failures.length > 0;
  } finally {
    clearInterval(progress);
  }
});

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600))
    throw new InvalidArgumentError('Expected more than 0 and at most 3600 seconds.');
  return value;
}
