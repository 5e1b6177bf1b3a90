import { execa } from 'execa';
import { CouldNotRun } from '../../could-not-run.ts';

/**
 * @returns the number of commits
 * @throws CouldNotRun without a clone of the whole history
 */
export async function commitsOf(folder: string): Promise<number> {
  const git = async (...args: readonly string[]) => {
    const {
      stdout = '',
      stderr,
      exitCode,
    } = await execa('git', args, { cwd: folder, reject: false, timeout: 30_000 });
    if (exitCode === 0) return stdout;
    throw new CouldNotRun(
      `${folder}: the history cannot be read (${(stderr || 'git cannot be started').split('\n')[0]}). Check that this folder is a clone of the repository, and that git is on PATH.`,
    );
  };
  if ((await git('rev-parse', '--is-shallow-repository')) === 'true') {
    throw new CouldNotRun(
      `${folder}: the clone is shallow, therefore commits are missing. Run git fetch --unshallow, or set fetch-depth: 0 in the workflow.`,
    );
  }
  return Number(await git('rev-list', '--all', '--count'));
}
