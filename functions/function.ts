import type { Hono } from 'hono';
import type { Clock } from './clock.ts';
import type { Fetch } from './http/fetch.ts';
import type { NodeFetchOptions } from './http/node-fetch.ts';
import type { Log } from './log.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * How long a host's process lives: `resident` until it is told to stop; `warm` between requests too, but it may be ended
 * at any time; `frozen` between requests, so that whatever is not done before the answer is done much later or never.
 */
export type Lifetime = 'resident' | 'warm' | 'frozen';

/** What a host lends to a function. */
export interface Host {
  /** Its name and the version of Node, for the build's metric. */
  readonly runtime: string;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes a client with connections of its own. */
  readonly createFetch: (options?: NodeFetchOptions) => Fetch;
}

/** One unit of work outside a request: run by a timer, or as a job whose exit code is its outcome. */
export interface Task {
  readonly name: string;
  /** When a timer runs it: NCRONTAB, seconds first. */
  readonly schedule: string;
  /** @returns what it has done, for a log. @throws TaskError */
  run(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

export class TaskError extends Error {
  override readonly name = 'TaskError';
  /** Whether the same work may succeed later: what it depends on was away. */
  readonly temporary: boolean;

  constructor(message: string, { temporary = false, cause }: { temporary?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.temporary = temporary;
  }
}

/** A function made with its settings, before anything listens or runs. */
export interface FunctionInstance {
  readonly app: Hono;
  readonly task?: Task;
  /** What anybody can do who reaches it, and the remedy: told where it listens beyond its own machine. */
  readonly openTo?: string;
  /** Begins the work in the background, on a host that has one. */
  start?(): void;
  /** Ends it; resolves when nothing is in flight. */
  stop?(): Promise<void>;
}

/** A function as every adapter takes it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly defaultPort: number;
  /** The settings without which there is no task. */
  readonly taskNeeds?: string;
  /** @throws SettingsError */
  create(env: Env, host: Host): FunctionInstance;
}
