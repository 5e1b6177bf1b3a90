import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExecaError, execa } from 'execa';
import type { Stack } from '../../synthesis/stack.ts';
import { synthesize } from '../../synthesis/synthesize.ts';
import { CouldNotRun } from '../could-not-run.ts';

const gitMs = 120_000;
const installMs = 600_000;

export interface BaseOptions {
  /** The project folder. */
  readonly project: string;
  /** The earlier commit: a hash, a branch or a tag. */
  readonly base: string;
  readonly signal: AbortSignal;
  readonly report: (sentence: string) => void;
}

/**
 * Synthesizes the stacks of `base`.
 * @throws CouldNotRun if Git or npm fails
 * @throws SynthesisError
 */
export async function stacksOf(options: BaseOptions): Promise<readonly Stack[]> {
  const { project, base, signal, report } = options;
  const git = (...args: readonly string[]) =>
    execa('git', args, { cwd: project, timeout: gitMs, cancelSignal: signal });
  const commit = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`).catch(
    () => {
      throw new CouldNotRun(
        `${base} is not a commit of this clone. Expected a commit such as HEAD^1 or origin/main. If the clone is shallow, fetch older commits first: git fetch --deepen 1`,
      );
    },
  );
  const temporary = mkdtempSync(join(tmpdir(), 'base-'));
  const worktree = join(temporary, 'project');
  try {
    await git('worktree', 'add', '--quiet', '--detach', worktree, commit.stdout).catch(
      (error: ExecaError) => {
        throw new CouldNotRun(
          `Git cannot check out the base commit ${base}. Correct the following error, then run the command again: ${error.stderr || error.shortMessage}`,
        );
      },
    );
    await providePackages(options, worktree);
    report(`Synthesizing the stacks of ${base} …`);
    return await synthesize(worktree, join(temporary, 'stacks'), signal);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
    // `git worktree prune` has no `cancelSignal`, because the command must also run after Ctrl-C.
    await execa('git', ['worktree', 'prune'], { cwd: project, timeout: gitMs, reject: false });
  }
}

async function providePackages(
  { project, base, signal, report }: BaseOptions,
  worktree: string,
): Promise<void> {
  const [own, earlier] = [project, worktree].map((folder) => readFileSync(join(folder, 'package-lock.json')));
  if (own?.equals(earlier as Buffer)) {
    symlinkSync(join(project, 'node_modules'), join(worktree, 'node_modules'));
    return;
  }
  report(`Installing the packages of ${base} …`);
  await execa('npm', ['ci', '--no-audit', '--no-fund', '--no-progress'], {
    cwd: worktree,
    timeout: installMs,
    cancelSignal: signal,
    all: true,
  }).catch((error: ExecaError<{ all: true }>) => {
    throw new CouldNotRun(
      `npm cannot install the packages of ${base}:\n${(error.all || error.shortMessage).trim().slice(0, 2000)}\nFix the error, then run the command again.`,
    );
  });
}
