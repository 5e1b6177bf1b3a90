export function isUpToDate(record: string, key: string): boolean;

export interface Made {
  /** What the outputs depend on, other than the sources. */
  readonly key: string;
  /** Absolute paths. */
  readonly sources: readonly string[];
  readonly outputs: readonly string[];
  /** Unix milliseconds before the first source was read. */
  readonly startedAt: number;
}

export function remember(record: string, made: Made): void;

/** @param current absolute paths of the files in `folder` to keep at any age */
export function forgetOld(folder: string, current: readonly string[]): Promise<void>;
