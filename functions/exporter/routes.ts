import { Hono } from 'hono';
import { errorHandler } from '../http/error-handler.ts';
import { type Exposed, expositionResponse } from '../http/exposition.ts';
import { problem } from '../http/problem.ts';
import type { Log } from '../log.ts';

export interface ExporterRoutes {
  readonly title: string;
  readonly registry: Exposed;
  /**
   * Called before each exposition.
   * @param scrapeTimeoutMs timeout that Prometheus sends
   */
  readonly prepare?: (scrapeTimeoutMs: number | undefined) => Promise<unknown> | undefined;
  readonly ready: () => boolean;
  readonly log: Log;
}

export function exporterRoutes({ title, registry, prepare, ready, log }: ExporterRoutes): Hono {
  const app = new Hono();
  app.get('/metrics', (c) => {
    const request = c.req.raw;
    const preparing = prepare?.(scrapeTimeoutMs(request.headers.get('x-prometheus-scrape-timeout-seconds')));
    return preparing
      ? preparing.then(() => expositionResponse(registry, request))
      : expositionResponse(registry, request);
  });
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', (c) =>
    ready()
      ? c.text('ready\n')
      : problem({
          status: 503,
          title: 'Service Unavailable',
          detail: 'the first refresh of the exporter has not ended yet. Try again in a few seconds',
        }),
  );
  app.get('/', (c) =>
    c.html(`<!doctype html><title>${title}</title><h1>${title}</h1><a href="/metrics">Metrics</a>\n`),
  );
  app.notFound(() => problem({ status: 404, title: 'Not Found' }));
  app.onError(errorHandler(log));
  return app;
}

function scrapeTimeoutMs(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}
