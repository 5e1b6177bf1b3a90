import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `work` repeatedly until the signal aborts, with a pause of `everyMs` milliseconds after each call. If a call
 * fails, `onError` gets the error and the loop continues.
 */
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
