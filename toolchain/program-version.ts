import { runChild } from './child.ts';
import { reportedVersion } from './version.ts';

const deadlineMs = 10_000;

export interface ReportedVersion {
  readonly version: string | undefined;
  readonly output: string;
}

export async function askVersion(
  binary: string,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<ReportedVersion> {
  const lines: string[] = [];
  const keep = (line: string) => {
    if (lines.length < 50) lines.push(line);
  };
  const options = { env, signal, deadlineMs, onOutput: keep, onError: keep };
  const { exitCode } = await runChild(binary, ['--version'], options);
  const output = lines.join('\n');
  return { version: exitCode === 0 ? reportedVersion(output) : undefined, output };
}
