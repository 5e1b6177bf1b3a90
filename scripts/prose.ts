import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { type ExecaError, execa } from 'execa';
import { describeFinding, findingsIn, isChecked } from './prose/check.ts';
import { exempt, isIn, notYetClean } from './prose/exceptions.ts';

/** This program exists because textlint reads no TypeScript, and cspell finds no phrases. */

new Command('npm run prose --')
  .description('Finds words that are not plain English, and names the plain word. Needs no network.')
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse();

const root = join(import.meta.dirname, '..');

/**
 * Tracked files, and new files that git does not ignore.
 * @throws Error without git or a repository
 */
async function projectFiles(): Promise<readonly string[]> {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const { stdout } = await execa('git', args, { cwd: root, timeout: 30_000 }).catch((error: ExecaError) => {
    throw new Error(
      `git cannot list the files of the project in ${root}: ${error.stderr || error.shortMessage}\n` +
        'Install git, and run this command in a clone of the repository.',
    );
  });
  return [...new Set(stdout.split('\0'))]
    .filter((file) => file !== '' && existsSync(join(root, file)))
    .sort();
}

async function main(): Promise<void> {
  const files = (await projectFiles()).filter((file) => isChecked(file) && !isIn(exempt, file));
  const findings = files.flatMap((file) => findingsIn(file, readFileSync(join(root, file), 'utf8')));
  const faults = findings.filter(({ file }) => !isIn(notYetClean, file));
  for (const fault of faults) console.error(describeFinding(fault));

  const cleanByNow = notYetClean.filter((entry) => !findings.some(({ file }) => isIn([entry], file)));
  for (const entry of cleanByNow) {
    console.error(
      `${entry} contains no forbidden words any more. Remove this entry from notYetClean in scripts/prose/exceptions.ts.`,
    );
  }
  const waiting = findings.length - faults.length;
  const rest = waiting > 0 ? ` ${waiting} more in the folders of notYetClean do not count yet.` : '';
  console.error(`${files.length} files checked, ${faults.length} forbidden words found.${rest}`);
  if (faults.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
