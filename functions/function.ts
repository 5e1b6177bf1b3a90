import type { Hono } from 'hono';
import type { Clock } from './clock.ts';
import type { Fetch } from './http/fetch.ts';
import type { Log } from './log.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** What a host lends to a function. */
export interface Host {
  /** `node`, `azure-functions`, `aws-lambda` or `job`, with the version of Node. */
  readonly runtime: string;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly log: Log;
  /** Whether the process lives between requests, so that work in the background gets done. */
  readonly background: boolean;
}

/** One unit of work outside a request: by a timer, or as a job whose exit code is its outcome. */
export interface Task {
  readonly name: string;
  /** When a host's timer runs it: NCRONTAB, seconds first. */
  readonly schedule: string;
  /** What it has done, in a few words for a log. @throws Error when it failed; the message says why. */
  run(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

/** A function made with its settings, before anything listens or runs. */
export interface FunctionInstance {
  readonly app: Hono;
  readonly task?: Task;
  /** Begins the work in the background, on a host that has one. */
  start?(): void;
  /** Ends it; resolves when nothing is in flight. */
  stop?(): Promise<void>;
}

/** A function as every adapter takes it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly defaultPort: number;
  /** @throws SettingsError */
  create(env: Env, host: Host): FunctionInstance;
}
