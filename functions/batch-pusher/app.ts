import { Hono } from 'hono';
import * as z from 'zod/mini';
import { etlDagId, jobs } from '../../metrics/definitions/batch.ts';
import { type batchPusherMetrics, etlStages, type Refusal } from '../../metrics/definitions/batch-pusher.ts';
import type { Instruments } from '../../metrics/registry.ts';
import type { Clock } from '../clock.ts';
import { type Exposed, expositionResponse } from '../http/exposition.ts';
import { problem } from '../http/problem.ts';
import { bearerCheck } from './authentication.ts';
import { runEtl } from './etl.ts';
import { PushError, type PushgatewayClient } from './pushgateway.ts';
import { type Report, reportMetrics, reportSchema } from './report.ts';

export interface PusherDeps {
  readonly registry: Exposed & { readonly metrics: Instruments<typeof batchPusherMetrics> };
  readonly pushgateway: PushgatewayClient;
  /** Bearer tokens that are accepted; none leaves the API open. */
  readonly tokens: readonly string[];
  readonly clock: Clock;
}

const etlRunSchema = z.strictObject({
  records: z._default(z.int().check(z.minimum(0), z.maximum(100_000)), 1000),
  durationSeconds: z._default(z.number().check(z.minimum(0), z.maximum(60)), 0),
  failAt: z.optional(z.enum(etlStages)),
});

export function createApp({ registry, pushgateway, tokens, clock }: PusherDeps): Hono {
  const { metrics } = registry;
  const authorized = bearerCheck(tokens);
  const app = new Hono();

  const refuse = (reason: Refusal, response: Response) => {
    metrics.refused.inc({ reason });
    return response;
  };

  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', (c) => c.text('ready\n'));
  app.get('/metrics', (c) => expositionResponse(registry, c.req.raw));

  const guard = (request: Request): Response | undefined => {
    if (tokens.length > 0 && !authorized(request.headers.get('authorization'))) {
      return refuse(
        'unauthorized',
        problem(
          { status: 401, title: 'Unauthorized', detail: 'a valid bearer token is needed' },
          { 'www-authenticate': 'Bearer' },
        ),
      );
    }
    return undefined;
  };

  async function push(job: string, report: Report): Promise<Response | undefined> {
    const group = { job, grouping: report.grouping };
    const values = reportMetrics(report, clock.now() / 1000);
    const startedAt = performance.now();
    try {
      await (report.status === 'success'
        ? pushgateway.replace(group, values)
        : pushgateway.add(group, values));
      metrics.pushes.inc({ outcome: 'pushed' });
      metrics.lastPush.set(clock.now() / 1000);
      return undefined;
    } catch (error) {
      if (!(error instanceof PushError)) throw error;
      metrics.pushes.inc({ outcome: error.outcome });
      return problem({ status: statusOf(error), title: 'The push failed', detail: error.message });
    } finally {
      metrics.pushDuration.observe((performance.now() - startedAt) / 1000);
    }
  }

  app.post('/batches/:job', async (c) => {
    const refused = guard(c.req.raw);
    if (refused) return refused;
    const parsed = await parse(c.req.raw, reportSchema);
    if (parsed instanceof Response) return refuse('invalid', parsed);
    const job = c.req.param('job');
    return (
      (await push(job, parsed.value)) ??
      c.json({ pushed: true, job, grouping: parsed.value.grouping, status: parsed.value.status })
    );
  });

  app.post('/etl/runs', async (c) => {
    const refused = guard(c.req.raw);
    if (refused) return refused;
    const parsed = await parse(c.req.raw, etlRunSchema, {});
    if (parsed instanceof Response) return refuse('invalid', parsed);
    const run = await runEtl({
      ...parsed.value,
      now: () => performance.now(),
      sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
      onStage: (stage, seconds) => metrics.etlStageDuration.observe({ stage }, seconds),
    });
    metrics.etlRuns.inc({ status: run.status });
    const grouping = { dag_id: etlDagId };
    const report: Report =
      run.status === 'success'
        ? {
            status: 'success',
            grouping,
            durationSeconds: run.durationSeconds,
            recordsProcessed: run.etl.loaded,
            etl: run.etl,
          }
        : { status: 'failure', grouping, durationSeconds: run.durationSeconds };
    return (await push(jobs.batch, report)) ?? c.json({ pushed: true, job: jobs.batch, grouping, ...run });
  });

  app.notFound(() => problem({ status: 404, title: 'Not Found' }));
  app.onError(() => problem({ status: 500, title: 'Internal Server Error' }));
  return app;
}

function statusOf(error: PushError): 502 | 503 | 504 {
  if (error.outcome === 'timeout') return 504;
  return error.status === undefined ? 503 : 502;
}

async function parse<T>(
  request: Request,
  schema: z.core.$ZodType<T>,
  empty?: unknown,
): Promise<{ readonly value: T } | Response> {
  const text = await request.text();
  let json: unknown = empty;
  if (text !== '' || empty === undefined) {
    try {
      json = JSON.parse(text);
    } catch {
      return problem({ status: 400, title: 'Bad Request', detail: 'the body is not JSON' });
    }
  }
  const result = z.safeParse(schema, json);
  if (result.success) return { value: result.data };
  return problem({
    status: 422,
    title: 'Unprocessable Content',
    detail: 'the body does not fit the schema',
    errors: result.error.issues.map((issue) => ({
      pointer: `/${issue.path.join('/')}`,
      detail: issue.message,
    })),
  });
}
