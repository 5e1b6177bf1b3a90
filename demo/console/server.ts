import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import { etlStages } from '../../metrics/definitions/batch-pusher.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';
import type { FaultInjector } from '../faults/index.ts';
import type { Settings } from '../settings.ts';
import type { ComponentStatus } from '../supervisor/supervisor.ts';
import type { EtlRun } from '../traffic/batch.ts';
import { Notifications, webhook } from './notifications.ts';
import { ownPageOnly, problem } from './own-page-only.ts';

/** The data and actions of the console. `runBatch` and `burst` throw StillStarting while the pipeline starts. */
export interface Pipeline {
  status(): Promise<{ readonly ready: boolean; readonly components: readonly ComponentStatus[] }>;
  runBatch(run: EtlRun): Promise<{ readonly status: number; readonly body: string }>;
  burst(): Promise<number>;
  /** Undefined while the pipeline starts. */
  readonly faults: Pick<FaultInjector, 'list' | 'inject' | 'restore'> | undefined;
}

/** Thrown by an action that needs the running pipeline. */
export class StillStarting extends Error {
  override readonly name = 'StillStarting';
  override readonly message = 'The pipeline is still starting.';
}

const page = join(import.meta.dirname, 'page');
const assets = [
  ['/', 'index.html', 'text/html; charset=utf-8'],
  ['/page.js', 'page.js', 'text/javascript; charset=utf-8'],
  ['/style.css', 'style.css', 'text/css; charset=utf-8'],
] as const;

const etlRun = z.strictObject({ failAt: z.enum(etlStages).optional() });

/** The status page and its API; `settings.ports.console` is the allowed port. */
export function createConsole(settings: Settings, pipeline: Pipeline): Hono {
  const app = new Hono();
  const notifications = new Notifications();
  const prometheus = prometheusApi(`http://127.0.0.1:${settings.ports.prometheus}`);

  app.use(ownPageOnly(settings.ports.console));
  app.use(
    bodyLimit({
      maxSize: 1024 * 1024,
      onError: (c) => c.json(problem(413, 'The body is larger than 1 MiB. Send a smaller body.'), 413),
    }),
  );
  app.onError((error, c) => {
    const status = error instanceof StillStarting ? 503 : 500;
    return c.json(problem(status, error.message), status);
  });
  app.notFound((c) => c.json(problem(404, `There is no ${c.req.path} here.`), 404));

  for (const [path, file, type] of assets) {
    const content = readFileSync(join(page, file), 'utf8');
    app.get(path, (c) => c.body(content, 200, { 'Content-Type': type }));
  }

  app.get('/api/status', async (c) => c.json(await pipeline.status()));

  app.get('/api/queries', async (c) => {
    const answers = documentedQueries.map(async ({ act, expr, shows }) => {
      const series = await prometheus.query(expr).catch(() => []);
      return { act, expr, shows, series: series.map(({ metric, value }) => ({ metric, value: value?.[1] })) };
    });
    return c.json(await Promise.all(answers));
  });

  app.get('/api/notifications', (c) => c.json(notifications.list));

  app.post('/api/notifications', async (c) => {
    const body = webhook.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return c.json(problem(400, z.prettifyError(body.error)), 400);
    notifications.add(body.data);
    return c.body(null, 204);
  });

  app.post('/api/batch', async (c) => {
    const run = etlRun.safeParse(await c.req.json().catch(() => ({})));
    if (!run.success) return c.json(problem(400, z.prettifyError(run.error)), 400);
    const { failAt } = run.data;
    const answer = await pipeline.runBatch(failAt ? { failAt } : {});
    return c.json({ status: answer.status, answer: answer.body });
  });

  app.post('/api/traffic/burst', async (c) => c.json({ published: await pipeline.burst() }));

  app.get('/api/faults', (c) => c.json(pipeline.faults?.list() ?? []));

  app.on(['POST', 'DELETE'], '/api/faults/:name', async (c) => {
    const name = c.req.param('name');
    if (!pipeline.faults) throw new StillStarting();
    const known = await (c.req.method === 'POST'
      ? pipeline.faults.inject(name)
      : pipeline.faults.restore(name));
    if (known) return c.body(null, 204);
    const names = pipeline.faults.list().map((fault) => fault.name);
    return c.json(problem(404, `There is no fault ${name}; there are ${names.join(', ')}.`), 404);
  });

  app.get('/runbooks/:file{[A-Za-z]+\\.md}', (c) => {
    try {
      const text = readFileSync(join(settings.root, 'docs', 'runbooks', c.req.param('file')), 'utf8');
      return c.body(text, 200, { 'Content-Type': 'text/plain; charset=utf-8' });
    } catch {
      return c.json(problem(404, `There is no runbook ${c.req.param('file')}.`), 404);
    }
  });

  return app;
}

/** Listens on 127.0.0.1. @throws the listener's error, such as EADDRINUSE */
export function listen(app: Hono, port: number): Promise<Server> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** Closes a server and its idle connections. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
