import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface ChildOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
  /** The child is ended when it runs longer than this. */
  readonly deadlineMs?: number;
  /** The child is ended when it prints nothing for this long. */
  readonly silenceMs?: number;
  /** Between being asked to end and being killed. @default 2000 */
  readonly graceMs?: number;
  readonly onOutput?: (line: string) => void;
  readonly onError?: (line: string) => void;
}

export interface ChildResult {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly outcome: 'exited' | 'aborted' | 'overdue' | 'silent';
}

/** As a shell has it. */
export const commandNotFound = 127;

// The shell becomes the command. Its watcher reads a pipe that nobody writes to and that ends with this process,
// however that ends: even when it is killed, nothing is left running.
const guard = 'exec 3<&0 </dev/null; { read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 & exec "$@" 3<&-';

/**
 * Runs a command in a process group of its own: a compiler starts compilers, and all of them must end with it, and
 * with this process. To be ended, the group gets TERM, then KILL.
 */
export function runChild(
  command: string,
  args: readonly string[],
  options: ChildOptions,
): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    let outcome: ChildResult['outcome'] = 'exited';
    let timers: NodeJS.Timeout[] = [];
    let silence: NodeJS.Timeout | undefined;
    const child = spawn('/bin/sh', ['-c', guard, 'guard', command, ...args], {
      env: options.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      detached: true,
      stdio: 'pipe',
    });

    const end = (why: ChildResult['outcome']) => {
      if (outcome !== 'exited') return;
      outcome = why;
      signalGroup(child, 'SIGTERM');
      timers.push(setTimeout(() => signalGroup(child, 'SIGKILL'), options.graceMs ?? 2_000));
    };
    const abort = () => end('aborted');
    const heard = () => {
      clearTimeout(silence);
      if (options.silenceMs !== undefined) silence = setTimeout(() => end('silent'), options.silenceMs);
    };
    if (options.deadlineMs !== undefined) timers.push(setTimeout(() => end('overdue'), options.deadlineMs));
    options.signal?.addEventListener('abort', abort, { once: true });
    if (options.signal?.aborted) abort();
    heard();
    const listen = (stream: Readable, listener?: (line: string) => void) =>
      createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
        heard();
        listener?.(line);
      });
    listen(child.stdout, options.onOutput);
    listen(child.stderr, options.onError);

    const settle = (result: () => void) => {
      for (const timer of timers) clearTimeout(timer);
      timers = [];
      clearTimeout(silence);
      options.signal?.removeEventListener('abort', abort);
      result();
    };
    child.once('error', (error) => settle(() => reject(error)));
    // the watcher, and whatever else the command leaves behind: it would hold the pipes open for ever
    child.once('exit', () => signalGroup(child, 'SIGKILL'));
    child.once('close', (code) => settle(() => resolve({ exitCode: code ?? undefined, outcome })));
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // the whole group is gone already
  }
}
