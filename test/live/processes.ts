import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';

const root = join(import.meta.dirname, '..', '..');

/** @returns false if no process has this id; on Linux also for a zombie process */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    // The process ended after the check with `process.kill`. Therefore its file in /proc no longer exists.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

export interface Status {
  readonly ready: boolean;
  readonly components: readonly {
    readonly name: string;
    readonly state: string;
    readonly pid: number | null;
    readonly url?: string;
    readonly rssBytes: number;
    readonly restarts: number;
  }[];
}

export async function statusAt(consolePort: number): Promise<Status> {
  const response = await request(`http://127.0.0.1:${consolePort}/api/status`, {
    signal: AbortSignal.timeout(5000),
  });
  return (await response.body.json()) as Status;
}

export interface Start {
  readonly child: ChildProcess;
  output(): string;
  /** Exit code, or name of the signal that ended the process. */
  readonly ended: Promise<number | string>;
}

/**
 * Starts the pipeline without Grafana.
 * @param by `npm` runs `npm start`, and `node` runs `demo/start.mjs`
 */
export function startPipeline(args: readonly string[], by: 'node' | 'npm' = 'node'): Start {
  const command = by === 'npm' ? 'npm' : process.execPath;
  const before = by === 'npm' ? ['start', '--silent', '--'] : ['demo/start.mjs'];
  const child = spawn(command, [...before, '--no-open', '--no-grafana', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  return { child, output: () => text, ended };
}

/**
 * Calls `condition` until it returns a value.
 * @throws Error that contains `what`, after `timeoutMs` milliseconds
 */
export async function until<T>(
  what: () => string,
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs: number,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (Date.now() > deadline) throw new Error(`After ${timeoutMs / 1000} s: ${what()}`);
    await delay(20);
  }
}
