import type { Hono } from 'hono';
import type { Clock } from './clock.ts';
import type { Fetch } from './http/fetch.ts';
import type { NodeFetchOptions } from './http/node-fetch.ts';
import type { Log } from './log.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * How long the process of a host runs. `resident`: until the host stops the process. `warm`: also between requests, but
 * the host may end the process at any time. `frozen`: the process stands still between requests. Work that is not
 * finished when the host answers a request continues much later or never.
 */
export type Lifetime = 'resident' | 'warm' | 'frozen';

/** Functions and facts that an adapter provides to a function. */
export interface Host {
  /** Name of the function host, and the version of Node, for the metric `*_build_info`. */
  readonly runtime: string;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly log: Log;
  /** Creates an HTTP client with its own connections. */
  readonly createFetch: (options?: NodeFetchOptions) => Fetch;
}

/** A unit of work that a timer or a job starts without a request. The exit code of the job shows the outcome. */
export interface Task {
  readonly name: string;
  /** Schedule of the timer in NCRONTAB notation, which starts with the seconds. */
  readonly schedule: string;
  /**
   * Runs the task once.
   * @returns a description of the work for the log.
   * @throws TaskError if the work fails
   */
  run(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

export class TaskError extends Error {
  override readonly name = 'TaskError';
  /** Whether a retry of the same work may succeed. It may succeed if only a needed program was unavailable. */
  readonly temporary: boolean;

  constructor(message: string, { temporary = false, cause }: { temporary?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.temporary = temporary;
  }
}

/** A function with its settings, before the host starts it. */
export interface FunctionInstance {
  readonly app: Hono;
  readonly task?: Task;
  /**
   * A warning that anyone can use the function without authentication, and the remedy. The host logs the warning if the
   * server listens on an address other than loopback.
   */
  readonly openTo?: string;
  /** Starts the background work. An adapter calls it only if the host supports background work. */
  start?(): void;
  /** Stops the background work. The promise resolves when all work has ended. */
  stop?(): Promise<void>;
}

/** A function in the form that every adapter accepts. */
export interface FunctionDefinition {
  readonly name: string;
  readonly defaultPort: number;
  /** Names of the settings that the task needs. */
  readonly taskNeeds?: string;
  /**
   * Creates the function from environment variables.
   * @throws SettingsError if a setting is wrong
   */
  create(env: Env, host: Host): FunctionInstance;
}
