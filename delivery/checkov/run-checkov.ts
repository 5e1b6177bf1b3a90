import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExecaError, execa } from 'execa';
import type { Stack } from '../../synthesis/stack.ts';
import { CouldNotRun } from '../could-not-run.ts';
import { writeStacksForCheckov } from './stacks-for-checkov.ts';

/** Time limit of a run of Checkov, in milliseconds. A run takes about 15 s. */
const runMs = 600_000;

const requirements = 'delivery/checkov/requirements.txt';

function pinnedVersion(project: string): string {
  const [, version = ''] = /^checkov==(\S+)$/m.exec(readFileSync(join(project, requirements), 'utf8')) ?? [];
  return version;
}

/**
 * @returns parsed report
 * @throws CouldNotRun if Checkov is missing, fails, or has the wrong version
 */
export async function runCheckov(
  project: string,
  stacks: readonly Stack[],
  { program, signal }: { readonly program: string; readonly signal: AbortSignal },
): Promise<unknown> {
  const version = pinnedVersion(project);
  const install = `Install it with \`python3 -m venv .venv && .venv/bin/pip install -r ${requirements}\`. Then add the option --program .venv/bin/checkov.`;
  const found = await execa(program, ['--version'], {
    timeout: 120_000,
    cancelSignal: signal,
    reject: false,
  });
  if (found.exitCode !== 0) throw new CouldNotRun(`${program} cannot be run. ${install}`);
  if (found.stdout.trim() !== version) {
    throw new CouldNotRun(
      `${program} has the version ${found.stdout.trim()}, expected ${version}. ${install}`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'checkov-'));
  try {
    writeStacksForCheckov(stacks, folder);
    const { stdout } = await execa(
      program,
      [
        '--directory',
        folder,
        '--framework',
        'terraform_json',
        '--skip-download',
        '--compact',
        '--quiet',
        '--soft-fail',
        '--output',
        'json',
      ],
      { timeout: runMs, cancelSignal: signal },
    );
    return JSON.parse(stdout);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new CouldNotRun(
        `Checkov printed no report in JSON. Probably Checkov is not installed correctly. ${install}`,
      );
    }
    const { stderr, shortMessage } = error as ExecaError;
    const output = String(stderr || shortMessage)
      .trim()
      .slice(-1500);
    throw new CouldNotRun(
      `Checkov stopped with this error:\n${output}\nFix the error, then run the command again.`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
