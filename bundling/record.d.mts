export function isUpToDate(record: string, key: string): boolean;

export interface Made {
  /** A text that changes if the outputs must be made again, although no source has changed. */
  readonly key: string;
  /** Absolute paths of the sources. */
  readonly sources: readonly string[];
  readonly outputs: readonly string[];
  /** A time before the first source was read, as a Unix time in milliseconds. */
  readonly startedAt: number;
}

export function remember(record: string, made: Made): void;

/** Deletes old files in `folder`. @param current absolute paths of the files that are never deleted */
export function forgetOld(folder: string, current: readonly string[]): Promise<void>;
