import { describeFileError } from './file-error.mjs';

/** A program cannot be obtained. */
export class ToolchainError extends Error {
  override readonly name = 'ToolchainError';
  readonly what: string;
  /** The next action of the user. */
  readonly remedy: string;

  constructor(what: string, remedy: string, options?: ErrorOptions) {
    super(`${what}${what.includes('\n') ? '\n' : ' '}${remedy}`, options);
    this.what = what;
    this.remedy = remedy;
  }
}

/** One source, such as the release archive, cannot provide a program. The next source may succeed. */
export class SourceUnavailable extends Error {
  override readonly name = 'SourceUnavailable';
  readonly remedy: string;
  /**
   * True if the source fails for every program, for example because the network is down.
   * The run then skips the source for all later programs.
   */
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
    'Run the command again to continue: finished programs stay in the cache.',
    { cause },
  );
}

export function noSpaceLeft(text: string): Error {
  return Object.assign(new Error(text), { code: 'ENOSPC' });
}

/** Explains an error of the operating system. Returns any other error unchanged. */
export function explainSystemError(error: unknown, doing: string, folder: string): unknown {
  if (error instanceof ToolchainError || !(error instanceof Error) || !('code' in error)) return error;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new ToolchainError(
        `The disk is full: ${doing} stopped. Incomplete files are deleted.`,
        `Free some space (building everything from source takes 4 GB, most of it in Go's own caches), or set PROGRAMS_CACHE, GOCACHE and GOMODCACHE to folders on a disk with more free space (PROGRAMS_CACHE is ${folder} now), then run the command again.`,
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
            `Or set PROGRAMS_CACHE, which is ${folder} now, to a folder of your own.`,
            { cause: error },
          );
    }
  }
}
