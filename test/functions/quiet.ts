import { beforeEach, vi } from 'vitest';

/** Hides the log that functions write to standard error. */
beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
