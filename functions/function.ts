import type { Hono } from 'hono';
import type { Clock } from './clock.ts';
import type { Fetch } from './http/fetch.ts';
import type { NodeFetchOptions } from './http/node-fetch.ts';
import type { Log } from './log.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * How long a host runs its process.
 *
 * - `resident`: until the host stops it
 * - `warm`: also between requests, but the host may end it at any time
 * - `frozen`: only during a request; work after the answer continues much later or never
 */
export type Lifetime = 'resident' | 'warm' | 'frozen';

/** What an adapter provides to a function. */
export interface Host {
  /** Function host and version of Node, for the metric `*_build_info`. */
  readonly runtime: string;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly log: Log;
  /** An HTTP client with its own connections. */
  readonly createFetch: (options?: NodeFetchOptions) => Fetch;
}

/** A unit of work without a request. A timer or a job starts it. */
export interface Task {
  readonly name: string;
  /** NCRONTAB notation: the first field is for seconds. */
  readonly schedule: string;
  /**
   * @returns a description of the work for the log
   * @throws TaskError if the work fails
   */
  run(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

export class TaskError extends Error {
  override readonly name = 'TaskError';
  /** Whether a retry may help, because only a required program was unavailable. */
  readonly temporary: boolean;

  constructor(message: string, { temporary = false, cause }: { temporary?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.temporary = temporary;
  }
}

/** A function with its settings, not started yet. */
export interface FunctionInstance {
  readonly app: Hono;
  readonly task?: Task;
  /**
   * Warning for a server without authentication, with the remedy. The host logs it if the server listens beyond
   * loopback.
   */
  readonly openTo?: string;
  /** Starts the background work, only on a host that supports it. */
  start?(): void;
  /** Stops the background work. The promise waits for its end. */
  stop?(): Promise<void>;
}

/** The definition of a function. Every adapter can run it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly defaultPort: number;
  /** Names of the settings that the task needs, for a message. */
  readonly taskNeeds?: string;
  /** @throws SettingsError if a setting is wrong */
  create(env: Env, host: Host): FunctionInstance;
}
