import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';

const root = join(import.meta.dirname, '..', '..');

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

/** Starts the pipeline without Grafana. */
export function startPipeline(args: readonly string[], by: 'node' | 'npm' = 'node'): Start {
  const command = by === 'npm' ? 'npm' : process.execPath;
  const before = by === 'npm' ? ['start', '--silent', '--'] : ['demo/start.mjs'];
  const child = spawn(command, [...before, '--no-open', '--no-grafana', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A signal ends vitest without the teardown of its global set-up.
  const stop = () => child.kill('SIGINT');
  process.once('exit', stop);
  child.once('exit', () => process.off('exit', stop));
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
 * Calls `condition` until the result is truthy.
 * @throws Error that contains `what`, after the timeout
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
