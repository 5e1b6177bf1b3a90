import { createRequire, syncBuiltinESMExports } from 'node:module';

const timers = createRequire(import.meta.url)(
  'node:timers/promises',
) as typeof import('node:timers/promises');

/**
 * Shortens the waits of `node:timers/promises`, because Vitest cannot fake these timers.
 * @param times divisor of each wait time
 */
export async function hastened(times: number, work: () => Promise<void>): Promise<void> {
  const wait = timers.setTimeout;
  timers.setTimeout = (ms = 1, ...rest) => wait(ms / times, ...rest);
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    timers.setTimeout = wait;
    syncBuiltinESMExports();
  }
}
