import { beforeEach, vi } from 'vitest';

/** Functions log to standard error; in a test that nobody reads, it hides what matters. */
beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
