import type { Hono } from 'hono';
import type { Clock } from './clock.ts';
import type { Fetch } from './http/fetch.ts';
import type { NodeFetchOptions } from './http/node-fetch.ts';
import type { Log } from './log.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * How long a host runs its process.
 *
 * - `resident`: until the host stops the process
 * - `warm`: also between requests, but the host may end the process at any time
 * - `frozen`: only during a request; work after the answer continues much later or never
 */
export type Lifetime = 'resident' | 'warm' | 'frozen';

/** What an adapter provides to a function. */
export interface Host {
  readonly runtime: string;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly log: Log;
  /** Creates an HTTP client. Clients do not share connections. */
  readonly createFetch: (options?: NodeFetchOptions) => Fetch;
}

/** Work that a timer or a job starts. */
export interface Task {
  readonly name: string;
  /** NCRONTAB: the first of six fields is for seconds. */
  readonly schedule: string;
  /**
   * @returns the result for the log
   * @throws TaskError if the work fails
   */
  run(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

export class TaskError extends Error {
  override readonly name = 'TaskError';
  /** A required program was unavailable, and a retry can help. */
  readonly temporary: boolean;

  constructor(message: string, { temporary = false, cause }: { temporary?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.temporary = temporary;
  }
}

export interface FunctionInstance {
  readonly app: Hono;
  readonly task?: Task;
  /**
   * Warning about missing authentication, logged if other machines have access.
   * @default no warning
   */
  readonly openTo?: string;
  /** Starts the background work. Only a host with the lifetime `resident` calls this method. */
  start?(): void;
  /** Resolves when the background work has ended. */
  stop?(): Promise<void>;
}

export function missingTask({ name, taskNeeds }: Pick<FunctionDefinition, 'name' | 'taskNeeds'>): string {
  return taskNeeds === undefined
    ? `${name} has no task. Call the function by HTTP.`
    : `${name} cannot run its task, because ${taskNeeds} is not set. Set ${taskNeeds}.`;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly defaultPort: number;
  /** Name of the environment variable that the task needs. Undefined if no variable is needed. */
  readonly taskNeeds?: string;
  /** @throws SettingsError if a setting is wrong */
  create(env: Env, host: Host): FunctionInstance;
}
