import { Command, InvalidArgumentError, Option } from 'commander';
import { exitCodesText, runCheck } from '../check.ts';
import { lockProblems } from '../lock/problems.ts';
import { readLock } from '../lock/read-lock.ts';
import { allModules } from '../programs.ts';
import { lockFile, manifest } from '../project.ts';
import type { Audited } from './advisory.ts';
import { askRegistry } from './ask-registry.ts';
import { match } from './match.ts';
import { readAdvisories } from './read-advisories.ts';
import { auditReport } from './report.ts';

const options = new Command('npm run audit --')
  .description(
    `Checks the lock file, and compares the packages with published advisories. The advisories are from the registry or from a file. With a file, the command also compares the Go modules in the programs. ${exitCodesText}`,
  )
  .option(
    '--advisories <path>',
    'a file or folder with advisories of OSV or GitHub; the command then does not use the registry',
  )
  .addOption(
    new Option('--lock <file>', 'the package-lock.json to check').default(lockFile, 'of this project'),
  )
  .option('--timeout <seconds>', 'how long the registry may take', seconds, 60)
  .showHelpAfterError()
  .parse()
  .opts<{ advisories?: string; lock: string; timeout: number }>();

await runCheck(async () => {
  const lock = readLock(options.lock);
  const decided = new Set(Object.keys(manifest.allowScripts));
  const problems = lockProblems(lock, decided);
  console.log(`lock file: ${lock.packages.size} packages, ${problems.length} problems`);
  for (const problem of problems) console.error(problem);

  const packages: readonly Audited[] = [...lock.packages.values()].map(({ name, version, development }) => ({
    ecosystem: 'npm',
    name,
    version,
    use: development ? 'development' : 'production',
  }));
  const modules: readonly Audited[] = allModules().map(({ module, version, programs }) => ({
    ecosystem: 'Go',
    name: module,
    version: version.replace(/^v/, ''),
    use: `compiled into ${programs.join(', ')}`,
  }));
  const advisories = options.advisories === undefined ? undefined : readAdvisories(options.advisories);
  const findings = advisories
    ? match(advisories, [...packages, ...modules])
    : await askRegistry(lock, options.timeout * 1000);
  const { failures, notes } = auditReport(findings, new Date().toISOString().slice(0, 10));
  console.log(
    advisories
      ? `${advisories.length} advisories of ${options.advisories} against ${packages.length} packages and ${modules.length} Go modules: ${findings.length} apply`
      : `advisories of the registry against ${packages.length} packages: ${findings.length} apply`,
  );
  for (const note of notes) console.log(note);
  for (const failure of failures) console.error(failure);
  return problems.length + failures.length > 0;
});

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 600))
    throw new InvalidArgumentError('Expected more than 0 and at most 600 seconds.');
  return value;
}
