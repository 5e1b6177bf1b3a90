import { commandNotFound, runChild } from './child.ts';
import { interrupted, SourceUnavailable } from './error.ts';
import { type Circumstances, explainGoFailure, goMissing } from './go-failure.ts';

// Maximum milliseconds without output of Go. A slow linker prints nothing for half a minute.
const silenceMs = 10 * 60_000;
const keptLines = 40;

export interface GoContext extends Circumstances {
  readonly env: NodeJS.ProcessEnv;
  /** The folder with go.mod; `go` runs in this folder. */
  readonly module: string;
  readonly signal?: AbortSignal | undefined;
}

interface GoListeners {
  readonly onOutput?: (line: string) => void;
  readonly onPackage?: () => void;
  readonly onModule?: () => void;
}

/** @throws SourceUnavailable with an explanation of the failure */
export async function go(
  context: GoContext,
  args: readonly string[],
  listeners: GoListeners = {},
): Promise<void> {
  const { program, env, module, signal } = context;
  const errorLines: string[] = [];
  const onError = (line: string) => {
    if (line.startsWith('go: downloading ')) return listeners.onModule?.();
    if (/^[^\s:#]+$/.test(line)) return listeners.onPackage?.();
    if (errorLines.push(line) > keptLines) errorLines.shift();
  };
  const options = { env, cwd: module, signal, silenceMs, onError };
  const { onOutput } = listeners;
  const { exitCode, outcome } = await runChild('go', args, { ...options, ...(onOutput && { onOutput }) });
  if (outcome === 'aborted') throw interrupted(`building ${program.name}`, signal?.reason);
  if (outcome === 'silent') {
    throw new SourceUnavailable(
      `go ${args[0]} printed no output for ${silenceMs / 60_000} minutes and was ended`,
      'Check the network and run the command again.',
    );
  }
  if (exitCode === commandNotFound) throw goMissing(context);
  if (exitCode !== 0) throw explainGoFailure(context, errorLines);
}
