import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { batchPusherMetrics } from '../../metrics/definitions/batch-pusher.ts';
import type { Instruments } from '../../metrics/registry.ts';
import type { Clock } from '../clock.ts';
import { errorHandler } from '../http/error-handler.ts';
import { type Exposed, expositionResponse } from '../http/exposition.ts';
import { readJson } from '../http/json-body.ts';
import { problem } from '../http/problem.ts';
import type { Log } from '../log.ts';
import { Admission } from './admission.ts';
import { type Answer, IdempotentWork } from './idempotency.ts';
import { jobName, reportSchema } from './report.ts';
import { etlRunSchema, type Runs } from './runs.ts';

export interface PusherRoutes {
  readonly registry: Exposed & { readonly metrics: Instruments<typeof batchPusherMetrics> };
  readonly runs: Runs;
  readonly clock: Clock;
  readonly log: Log;
  readonly tokens: readonly string[];
  readonly requestsPerSecond: number;
}

/** Maximum bytes of a body. The longest allowed `grouping` needs about a tenth of this size. */
const maxBodyBytes = 64 * 1024;
/** Maximum of concurrent POST requests. Each request needs memory for a body and a push. */
const maxInFlight = 256;

export function pusherRoutes({ registry, runs, clock, log, tokens, requestsPerSecond }: PusherRoutes): Hono {
  const { metrics } = registry;
  const now = () => clock.now();
  const refused = (reason: Parameters<typeof metrics.refused.inc>[0]['reason']) =>
    metrics.refused.inc({ reason });
  const admission = new Admission({ tokens, requestsPerSecond, maxInFlight, now, onRefusal: refused });
  const idempotent = new IdempotentWork({ now });

  const once = async (
    request: Request,
    content: readonly unknown[],
    work: () => Promise<Answer>,
  ): Promise<Response> => {
    const key = request.headers.get('idempotency-key');
    if (key === null) return answerResponse(await work());
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
      refused('invalid');
      const detail = 'an Idempotency-Key has 1 to 255 printable ASCII characters without spaces';
      return problem({ status: 400, title: 'Bad Request', detail });
    }
    const outcome = await idempotent.run(key, JSON.stringify(content), work);
    if (outcome.kind === 'conflict') {
      refused('idempotency_conflict');
      const detail = 'this Idempotency-Key was used for another request';
      return problem({ status: 422, title: 'Unprocessable Content', detail });
    }
    if (outcome.kind === 'first') return answerResponse(outcome.answer);
    metrics.replays.inc();
    return answerResponse(outcome.answer, { 'idempotency-replayed': 'true' });
  };

  const app = new Hono();
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', (c) => c.text('ready\n'));
  app.get('/metrics', (c) => expositionResponse(registry, c.req.raw));
  app.get('/openapi.json', async (c) => {
    const { openApiDocument } = await import('./openapi.ts');
    return c.json(openApiDocument());
  });
  app.get('/docs', async () => {
    const [{ openApiDocument }, { docsPage }] = await Promise.all([
      import('./openapi.ts'),
      import('./docs-page.ts'),
    ]);
    return docsPage(openApiDocument());
  });
  app.get('/', () => new Response(null, { status: 302, headers: { location: '/docs' } }));

  const report = (request: Request, named: readonly string[]) =>
    admission.admit(request, async () => {
      const [job, ...others] = named;
      if (others.length > 0 || !z.safeParse(jobName, job).success) {
        refused('invalid');
        return problem({
          status: 400,
          title: 'Bad Request',
          detail:
            'the request must contain exactly one job name of 1 to 256 Unicode characters, in the path or as the query parameter job',
        });
      }
      const body = await readJson(request, reportSchema, { maxBytes: maxBodyBytes });
      if ('refused' in body) {
        refused(body.refused);
        return body.response;
      }
      return once(request, ['report', job, body.value], () => runs.report(job as string, body.value));
    });

  app.post('/batches', (c) => report(c.req.raw, c.req.queries('job') ?? []));
  app.post('/batches/:job', (c) => report(c.req.raw, [c.req.param('job'), ...(c.req.queries('job') ?? [])]));
  app.post('/batches/*', () =>
    problem({
      status: 404,
      title: 'Not Found',
      detail: 'expected the path /batches/JOB. Send a job name that contains a slash as /batches?job=…',
    }),
  );

  app.post('/etl/runs', (c) => {
    const request = c.req.raw;
    return admission.admit(request, async () => {
      const body = await readJson(request, etlRunSchema, { maxBytes: maxBodyBytes, empty: {} });
      if ('refused' in body) {
        refused(body.refused);
        return body.response;
      }
      return once(request, ['etl', body.value], () => runs.etl(body.value));
    });
  });

  app.notFound(() =>
    problem({
      status: 404,
      title: 'Not Found',
      detail:
        'there is no such path, or the path does not allow this method; /docs lists the paths and methods of the API',
    }),
  );
  app.onError(errorHandler(log));
  return app;
}

function answerResponse(
  { status, body, headers }: Answer,
  more: Readonly<Record<string, string>> = {},
): Response {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': type, 'cache-control': 'no-store', ...headers, ...more },
  });
}
