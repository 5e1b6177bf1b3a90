import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `work` repeatedly until the signal aborts. After each call, it pauses for `everyMs` milliseconds. After a
 * failed call, `onError` receives the error, and the loop continues.
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
