import type { Hono } from 'hono';
import type { Clock } from './clock.ts';
import type { Fetch } from './http/fetch.ts';
import type { NodeFetchOptions } from './http/node-fetch.ts';
import type { Log } from './log.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * How long a host's process runs. `resident`: until the host stops it. `warm`: also between requests, but the host
 * may end it at any time. `frozen` between requests: work that is unfinished at the answer continues much later or
 * never.
 */
export type Lifetime = 'resident' | 'warm' | 'frozen';

/** What a host provides for a function. */
export interface Host {
  /** Name of the host and version of Node, for the build's metric. */
  readonly runtime: string;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly log: Log;
  /** Creates a client with its own connections. */
  readonly createFetch: (options?: NodeFetchOptions) => Fetch;
}

/** One unit of work outside a request: a timer starts it, or a job whose exit code is its outcome. */
export interface Task {
  readonly name: string;
  /** Schedule of the timer: NCRONTAB, seconds first. */
  readonly schedule: string;
  /** @returns a description of the work for a log. @throws TaskError */
  run(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

export class TaskError extends Error {
  override readonly name = 'TaskError';
  /** Whether the same work may succeed later: a dependency was unavailable. */
  readonly temporary: boolean;

  constructor(message: string, { temporary = false, cause }: { temporary?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.temporary = temporary;
  }
}

/** A function with its settings, before it listens or runs. */
export interface FunctionInstance {
  readonly app: Hono;
  readonly task?: Task;
  /**
   * A warning about access without authentication, with the remedy; logged if the server listens beyond the loopback.
   */
  readonly openTo?: string;
  /** Starts the background work, on a host that supports it. */
  start?(): void;
  /** Ends the background work; resolves when no work is in flight. */
  stop?(): Promise<void>;
}

/** A function in the form that every adapter accepts. */
export interface FunctionDefinition {
  readonly name: string;
  readonly defaultPort: number;
  /** The settings that the task needs. */
  readonly taskNeeds?: string;
  /** @throws SettingsError */
  create(env: Env, host: Host): FunctionInstance;
}
