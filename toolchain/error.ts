import { describeFileError } from './file-error.mjs';

/** Ends obtaining a program: `what` happened (complete sentences, on several lines when several sources failed) and the `remedy`, one sentence for the reader to act on. */
export class ToolchainError extends Error {
  override readonly name = 'ToolchainError';
  readonly what: string;
  readonly remedy: string;

  constructor(what: string, remedy: string, options?: ErrorOptions) {
    super(`${what}${what.includes('\n') ? '\n' : ' '}${remedy}`, options);
    this.what = what;
    this.remedy = remedy;
  }
}

/** One source cannot serve a program; the next one in order is tried, and if none is left this is the explanation. */
export class SourceUnavailable extends Error {
  override readonly name = 'SourceUnavailable';
  readonly remedy: string;
  /** Holds for every other program of this run as well, so that an absent network is waited for once, not once each. */
  readonly forAll: boolean;

  constructor(reason: string, remedy: string, options: { forAll?: boolean; cause?: unknown } = {}) {
    super(reason, options.cause === undefined ? undefined : { cause: options.cause });
    this.remedy = remedy;
    this.forAll = options.forAll ?? false;
  }
}

export function interrupted(doing: string, cause?: unknown): ToolchainError {
  return new ToolchainError(
    `Interrupted while ${doing}.`,
    'Run this again to go on: programs that were ready stay in the cache.',
    { cause },
  );
}

/** For a full disk that only a child process saw. */
export function noSpaceLeft(text: string): Error {
  return Object.assign(new Error(text), { code: 'ENOSPC' });
}

/** Explains what the operating system refused; every other error stays as it is. */
export function explainSystemError(error: unknown, doing: string, folder: string): unknown {
  if (error instanceof ToolchainError || !(error instanceof Error) || !('code' in error)) return error;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new ToolchainError(
        `The disk is full: ${doing} stopped, nothing half-written is kept.`,
        `Free some space (building everything from source takes 4 GB, most of it in Go's own caches), or set PROGRAMS_CACHE, GOCACHE and GOMODCACHE to folders on a roomier disk (PROGRAMS_CACHE is ${folder} now), then run this again.`,
        { cause: error },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ToolchainError(
        `${doing} failed: ${error.message}.`,
        `Make ${folder} writable or set PROGRAMS_CACHE to a folder of your own.`,
        { cause: error },
      );
    default: {
      const described = describeFileError(error);
      return described === undefined
        ? error
        : new ToolchainError(
            `${doing} failed: ${described}`,
            `Or set PROGRAMS_CACHE to a folder of your own (it is ${folder} now).`,
            { cause: error },
          );
    }
  }
}
