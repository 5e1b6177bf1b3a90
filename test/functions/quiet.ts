import { beforeEach, vi } from 'vitest';

/** Hides the log that functions write to standard error, because a test does not need it. */
beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
