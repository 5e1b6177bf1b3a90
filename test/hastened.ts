import { createRequire, syncBuiltinESMExports } from 'node:module';

const timers = createRequire(import.meta.url)(
  'node:timers/promises',
) as typeof import('node:timers/promises');

/** Divides each wait of `node:timers/promises` in `work` by `times`. Vitest cannot fake these timers. */
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
