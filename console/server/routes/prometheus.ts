import { Hono } from 'hono';
import { bodyWithin } from '../../../verify/body-within.ts';
import type { Send } from '../../../verify/send.ts';
import { problem } from '../problem.ts';

/** The page may use these paths of Prometheus. They only read data. */
const readable = [
  /^\/api\/v1\/(query|query_range|query_exemplars|labels|series|metadata|rules|alerts|targets|format_query|parse_query)$/,
  /^\/api\/v1\/label\/[\w:.-]+\/values$/,
  /^\/api\/v1\/status\/(tsdb|buildinfo|flags|runtimeinfo)$/,
];
const prefix = '/api/prometheus';
const queryTimeout = '10s';
const answerWithinMs = 12_000;
const maxAnswerBytes = 20 * 1024 * 1024;
const maxSeries = 5000;

/** Read-only API of Prometheus. */
export function prometheusRoutes(send: Send): Hono {
  const app = new Hono();
  app.on(['GET', 'POST'], `${prefix}/*`, async (c) => {
    const path = c.req.path.slice(prefix.length);
    if (!readable.some((pattern) => pattern.test(path))) {
      return problem(c, 404, `The console does not forward requests for ${path} to Prometheus.`);
    }
    const sent = new URLSearchParams(
      c.req.method === 'POST' ? await c.req.text() : new URL(c.req.url).search,
    );
    if (/query(_range)?$/.test(path)) sent.set('timeout', queryTimeout);
    if (/^\/api\/v1\/(query|query_range|series|labels|label)/.test(path)) {
      sent.set('limit', boundedLimit(sent.get('limit')));
    }
    const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(answerWithinMs)]);
    const asForm = /(query|query_range|series|labels|format_query|parse_query)$/.test(path);
    try {
      const response = asForm
        ? await send(path, { method: 'POST', body: sent.toString(), signal })
        : await send(`${path}?${sent}`, { method: 'GET', signal });
      const body = await bodyWithin(response, maxAnswerBytes);
      if (body === undefined) {
        return problem(
          c,
          413,
          'The result is larger than 20 MB. Select fewer series or a shorter time range.',
        );
      }
      return c.body(body, response.status as 200, { 'Content-Type': 'application/json' });
    } catch (error) {
      if (c.req.raw.signal.aborted) {
        return problem(
          c,
          502,
          'The page cancelled this request before Prometheus answered. Reload the page.',
        );
      }
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      const why = cause instanceof Error ? cause.message : String(cause);
      return problem(c, 502, `Prometheus or Thanos does not answer: ${why}`);
    }
  });
  return app;
}

/** At most 5000. Prometheus reads 0 as "no limit", therefore 0 becomes 5000. */
function boundedLimit(asked: string | null): string {
  const limit = Number(asked ?? 0);
  return limit === 0 || limit > maxSeries ? String(maxSeries) : String(asked);
}
