import type { Part } from './part.ts';

/** Data that the drill reads before the backup and compares after the restore. */
export interface Recording {
  readonly parts: readonly Part[];
  /** Reads the parts in `parts` from the store again. @throws Error if the store does not answer */
  reread(): Promise<readonly Part[]>;
}

export interface Backup {
  /** The backup contains every entry that the store received before this time, in Unix milliseconds. */
  readonly completeUntil: number;
  readonly bytes: number;
  /** Facts about the backup itself, such as the number of files. {@link Store.restore} checks the facts. */
  readonly parts?: readonly Part[];
}

/** A data store, such as the samples of Prometheus, with the methods that the restore drill calls. */
export interface Store {
  /** Name in the report of the restore drill. Example: `samples`. */
  readonly name: string;
  readonly program: string;
  /** What the drill deletes, as a phrase: `the folder data/prometheus`. */
  readonly deletes: string;
  /** Adds data for the drill, such as a silence, because the store could be empty. */
  prepare?(): Promise<void>;
  tidy?(): Promise<void>;
  /** Returns a sentence if the store has too little data for a useful drill. Otherwise returns undefined. */
  lacks(): Promise<string | undefined>;
  record(): Promise<Recording>;
  /** Backs up the store to an existing folder. */
  backup(folder: string): Promise<Backup>;
  /** Stops the program. Has no effect if the program does not run. */
  stop(): Promise<void>;
  /** Deletes the data of the stopped program. */
  erase(): Promise<void>;
  /** Starts the program. Has no effect if the program runs. */
  start(): Promise<void>;
  /** Restores the data and starts the program. A second call has the same result. */
  restore(folder: string): Promise<void>;
  /**
   * Returns the Unix time in milliseconds of the newest restored entry. Entries after `erasedAt` do not count.
   * The result is undefined if the store has no such entry.
   */
  newest?(erasedAt: number): Promise<number | undefined>;
}

/** A system whose stores the drill deletes and restores. */
export interface RestoreSystem {
  /** Name of the system in messages, such as `the laptop pipeline at port offset 18600`. */
  readonly title: string;
  readonly stores: readonly Store[];
  /** Whether the drill asks before it deletes data. False if the drill started the pipeline itself. */
  readonly asks: boolean;
  /** Longest wait in seconds after `Store.restore`, until the store contains all recorded data. */
  readonly restoreSeconds: number;
  prepare(): Promise<void>;
  tidy(): Promise<void>;
  /** Problems of the whole system after the restore. The list is empty if the system works. */
  problems(): Promise<readonly string[]>;
  close(): Promise<void>;
}
