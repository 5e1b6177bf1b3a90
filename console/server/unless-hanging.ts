import type { Send } from '../../verify/send.ts';

/** If Prometheus does not answer a request within this time, a probe checks whether Prometheus hangs. */
const slowAfterMs = 500;
const probeMs = 2000;
/** Length of the period after a failed probe. In this period, every request fails immediately. */
const rememberMs = 3000;
/** The probe sends its request to this path. Prometheus needs nearly no processor time for the answer. */
const probePath = '/api/v1/status/buildinfo';

/** Requests to a hanging Prometheus would use all six connections of a browser to the console. */
export function unlessHanging(send: Send): Send {
  let probing: Promise<boolean> | undefined;
  let hungAt = Number.NEGATIVE_INFINITY;

  const probe = async (): Promise<boolean> => {
    try {
      const response = await send(probePath, { method: 'GET', signal: AbortSignal.timeout(probeMs) });
      // Without `cancel`, the unread body would keep the connection to Prometheus open.
      await response.body?.cancel().catch(() => {});
      hungAt = Number.NEGATIVE_INFINITY;
      return true;
    } catch {
      hungAt = performance.now();
      return false;
    } finally {
      probing = undefined;
    }
  };
  const hanging = () => new Error(`no answer within ${(slowAfterMs + probeMs) / 1000} s.`);

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
