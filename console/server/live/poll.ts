import { setTimeout as delay } from 'node:timers/promises';

/** Waits `everyMs` after each call of `work`. An error of `work` does not end the loop. */
export async function poll(
  everyMs: number,
  signal: AbortSignal,
  work: () => Promise<void> | void,
  onError: (error: unknown) => void = () => {},
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
    await delay(everyMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
