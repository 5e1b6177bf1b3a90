import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import * as z from 'zod';
import { CouldNotRun } from '../../could-not-run.ts';
import { scannerConfig } from './scanner-config.ts';

/** A text that looks like a secret. `text` must not be printed. */
export interface Found {
  readonly rule: string;
  readonly what: string;
  readonly commit: string;
  /** Path in the commit. For a secret in a commit message: the text `(message of the commit)`. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface ScanOptions {
  readonly repository: string;
  readonly gitleaks: string;
  /** Milliseconds until the whole scan must have finished. */
  readonly timeout: number;
}

const messageFile = '(message of the commit)';

/** `--all` includes every branch and tag. */
const history = ['--all', '--full-history'];
/** `--remerge-diff` also shows lines that only a merge commit has added. */
const logOptions = [...history, '--remerge-diff'].join(' ');

const reportSchema = z.array(
  z.object({
    RuleID: z.string(),
    Description: z.string(),
    Commit: z.string(),
    File: z.string(),
    StartLine: z.number(),
    Secret: z.string(),
  }),
);

/**
 * Scans all commits and their messages.
 * @throws CouldNotRun if the scanner did not finish
 */
export async function scanHistory(options: ScanOptions): Promise<readonly Found[]> {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-scan-'));
  // All steps use the same `AbortSignal`, because the timeout is the time limit for all steps together.
  const signal = AbortSignal.timeout(options.timeout);
  try {
    writeFileSync(join(folder, 'config.toml'), scannerConfig());
    const { stdout: objects } = await execa('git', ['rev-parse', '--absolute-git-dir'], {
      cancelSignal: signal,
      cwd: options.repository,
      reject: false,
    });
    const scanned = objects || resolve(options.repository);
    const contents = await run(options, signal, folder, ['git', `--log-opts=${logOptions}`, scanned]);
    return [
      ...contents.map(({ Commit, File, ...found }) => toFound(found, Commit, File)),
      ...(await ofMessages(options, signal, folder)),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const tooSlow = ({ timeout }: ScanOptions) =>
  new CouldNotRun(`The scan did not finish within ${timeout / 1000} s and was stopped. Raise --timeout.`);

async function ofMessages(
  options: ScanOptions,
  signal: AbortSignal,
  folder: string,
): Promise<readonly Found[]> {
  const { repository } = options;
  const { stdout, failed, shortMessage, isCanceled } = await execa(
    'git',
    ['log', ...history, '--format=commit %H%n%B'],
    { cwd: repository, cancelSignal: signal, reject: false },
  );
  if (isCanceled) throw tooSlow(options);
  // Print only `shortMessage`. `message` contains commit messages, which can contain secrets.
  if (failed)
    throw new CouldNotRun(
      `The commit messages of ${repository} cannot be read: ${shortMessage}. Check that the folder is a Git clone.`,
    );
  const lines = stdout.split('\n');
  return (await run(options, signal, folder, ['stdin'], stdout)).map(({ StartLine, ...found }) => {
    const at = lines.slice(0, StartLine).findLastIndex((line) => /^commit [0-9a-f]{40}/.test(line));
    const commit = lines[at]?.split(' ')[1] ?? '';
    return toFound({ ...found, StartLine: StartLine - 1 - at }, commit, messageFile);
  });
}

type Entry = z.infer<typeof reportSchema>[number];

const toFound = (
  { RuleID, Description, StartLine, Secret }: Omit<Entry, 'Commit' | 'File'>,
  commit: string,
  file: string,
) => ({
  rule: RuleID,
  what: Description,
  commit,
  file,
  line: StartLine,
  text: Secret,
});

async function run(
  options: ScanOptions,
  signal: AbortSignal,
  folder: string,
  args: readonly string[],
  input?: string,
): Promise<readonly Entry[]> {
  const common = [
    `--config=${join(folder, 'config.toml')}`,
    '--no-banner',
    '--no-color',
    '--log-level=error',
    '--ignore-gitleaks-allow',
    `--gitleaks-ignore-path=${folder}`,
    '--report-format=json',
    // The report contains the secrets, and must not be written to a file.
    '--report-path=-',
    '--exit-code=0',
  ];
  const { exitCode, stdout, stderr, isCanceled } = await execa(options.gitleaks, [...args, ...common], {
    // gitleaks applies the file `.gitleaksignore` of its working directory. In a checkout, a commit could add this file
    // to hide a secret.
    cwd: folder,
    reject: false,
    cancelSignal: signal,
    ...(input !== undefined && { input }),
  });
  if (isCanceled) throw tooSlow(options);
  const report = reportSchema.safeParse(
    exitCode === 0 && !/\bERR\b|fatal:/.test(stderr) ? json(stdout) : undefined,
  );
  if (!report.success) {
    throw new CouldNotRun(
      `gitleaks did not finish (exit code ${exitCode}): ${stderr.slice(-500) || 'no message'}. Check that git 2.35 or newer is on PATH.`,
    );
  }
  return report.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
