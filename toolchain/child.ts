import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Guard, startGuard } from './process-guard.ts';
import { signalGroup } from './signal-group.ts';

export interface ChildOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number;
  /** Maximum milliseconds without output. After that time, the command is ended. */
  readonly silenceMs?: number;
  /** Milliseconds between SIGTERM and SIGKILL. @default 2000 */
  readonly graceMs?: number;
  readonly onOutput?: (line: string) => void;
  readonly onError?: (line: string) => void;
}

export interface ChildResult {
  /** Undefined if a signal ended the command. */
  readonly exitCode: number | undefined;
  readonly outcome: 'exited' | 'aborted' | 'overdue' | 'silent';
}

export const commandNotFound = 127;
/** Key: error of `spawn`. Value: exit code of a shell. 126 means that the file cannot be started. */
const shellExitCodes: Readonly<Record<string, number>> = {
  ENOENT: commandNotFound,
  ENOTDIR: commandNotFound,
  EACCES: 126,
  // The program is of another processor architecture.
  ENOEXEC: 126,
};

let guard: Guard | undefined;
let running = 0;

/** Runs a command in a new process group. If Node is killed, process-guard.ts ends the group. */
export function runChild(
  command: string,
  args: readonly string[],
  options: ChildOptions,
): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    let outcome: ChildResult['outcome'] = 'exited';
    let timers: NodeJS.Timeout[] = [];
    let silence: NodeJS.Timeout | undefined;
    const child = spawn(command, args, {
      env: options.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      // `detached` creates a process group, because the command can start child processes.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid } = child;
    const release = pid === undefined ? () => {} : guarded(pid);
    const signalAll = (signal: NodeJS.Signals) => pid !== undefined && signalGroup(pid, signal);

    const end = (why: ChildResult['outcome']) => {
      if (outcome !== 'exited') return;
      outcome = why;
      signalAll('SIGTERM');
      timers.push(setTimeout(() => signalAll('SIGKILL'), options.graceMs ?? 2_000));
    };
    const abort = () => end('aborted');
    const outputSeen = () => {
      clearTimeout(silence);
      if (options.silenceMs !== undefined) silence = setTimeout(() => end('silent'), options.silenceMs);
    };
    if (options.deadlineMs !== undefined) timers.push(setTimeout(() => end('overdue'), options.deadlineMs));
    options.signal?.addEventListener('abort', abort, { once: true });
    if (options.signal?.aborted) abort();
    outputSeen();
    const listen = (stream: Readable, listener?: (line: string) => void) =>
      createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
        outputSeen();
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
    child.once('error', (error) => {
      const exitCode = 'code' in error ? shellExitCodes[String(error.code)] : undefined;
      settle(() => (exitCode === undefined ? reject(error) : resolve({ exitCode, outcome })));
    });
    child.once('exit', () => {
      // A remaining process of the command would keep the pipes open, and the event `close` would not occur.
      signalAll('SIGKILL');
      release();
    });
    child.once('close', (code) => settle(() => resolve({ exitCode: code ?? undefined, outcome })));
  });
}

function guarded(pid: number): () => void {
  guard ??= startGuard();
  running += 1;
  const own = guard;
  own.add(pid);
  return () => {
    // The system can give the number `pid` to a later process group. The guard must not end that group.
    own.remove(pid);
    running -= 1;
    if (running > 0) return;
    own.release();
    guard = undefined;
  };
}
