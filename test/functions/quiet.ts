import { beforeEach, vi } from 'vitest';

/** Hides the log of functions on standard error, which nobody reads in a test. */
beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
