import type { Send } from '../../verify/send.ts';

/** A query that takes longer may be slow, or its server may hang. */
const slowAfterMs = 500;
const probeMs = 2000;
/** While the last probe is younger, requests fail at once. */
const rememberMs = 3000;
/** Costs Prometheus nothing. */
const probePath = '/api/v1/status/buildinfo';

/**
 * Sends requests to Prometheus. When an answer takes long, a probe finds out whether Prometheus answers at all; if it
 * does not, the request fails. A browser has six connections to the console, and requests that wait for a hanging
 * Prometheus would leave none for the logs and the faults.
 */
export function unlessHanging(send: Send): Send {
  let probing: Promise<boolean> | undefined;
  let hungAt = Number.NEGATIVE_INFINITY;

  const probe = async (): Promise<boolean> => {
    try {
      await send(probePath, { method: 'GET', signal: AbortSignal.timeout(probeMs) });
      hungAt = Number.NEGATIVE_INFINITY;
      return true;
    } catch {
      hungAt = performance.now();
      return false;
    } finally {
      probing = undefined;
    }
  };
  const hanging = () => new Error(`it has not answered within ${(slowAfterMs + probeMs) / 1000} s.`);

  return async (path, init) => {
    if (performance.now() - hungAt < rememberMs) throw hanging();
    const ended = new AbortController();
    const slow = setTimeout(async () => {
      probing ??= probe();
      if (!(await probing)) ended.abort(hanging());
    }, slowAfterMs);
    try {
      return await send(path, { ...init, signal: AbortSignal.any([init.signal, ended.signal]) });
    } finally {
      clearTimeout(slow);
    }
  };
}
