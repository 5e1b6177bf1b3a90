import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `work` and waits `everyMs` between the end of one call and the start of the next, until the signal aborts. A
 * failed call is reported to `onError` and does not end the loop.
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
