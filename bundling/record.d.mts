export function isUpToDate(record: string, key: string): boolean;

export interface Made {
  /** A different key requires a new bundle, even if no source has changed. */
  readonly key: string;
  /** Absolute paths of the sources. */
  readonly sources: readonly string[];
  readonly outputs: readonly string[];
  /** Start of the bundling, before any source was read. Unix time in milliseconds. */
  readonly startedAt: number;
}

export function remember(record: string, made: Made): void;

/** Deletes outputs that are older than a day. @param current absolute paths of files that must stay */
export function forgetOld(folder: string, current: readonly string[]): Promise<void>;
