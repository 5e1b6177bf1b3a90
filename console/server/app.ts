import { join } from 'node:path';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { documentedQueries } from '../../metrics/queries.ts';
import type { DashboardUid } from '../../rules/index.ts';
import type { AlertmanagerApi } from '../../verify/alertmanager-api.ts';
import type { AlertsApi } from '../../verify/alerts-api.ts';
import type { PrometheusApi } from '../../verify/prometheus-api.ts';
import { type Send, sendTo } from '../../verify/send.ts';
import {
  ControlFailed,
  type Controls,
  NotPossibleNow,
  OutOfBounds,
  StillStarting,
  UnknownComponent,
} from '../controls.ts';
import type { Topology } from '../topology.ts';
import { DashboardFiles, type DashboardTexts, dashboardsFolder } from './dashboards.ts';
import { AlertWatch } from './live/alert-watch.ts';
import { LiveHub } from './live/hub.ts';
import { keepLive } from './live/live.ts';
import { Notifications, webhook } from './notifications.ts';
import { ownPageOnly } from './own-page-only.ts';
import { invalidBody, jsonOf, problem } from './problem.ts';
import { alertRoutes } from './routes/alerts.ts';
import { batchRoutes } from './routes/batch.ts';
import { componentPageRoutes } from './routes/component-pages.ts';
import { dashboardRoutes } from './routes/dashboards.ts';
import { eventRoutes } from './routes/events.ts';
import { faultRoutes } from './routes/faults.ts';
import { openApiRoutes } from './routes/openapi.ts';
import { pageRoutes } from './routes/pages.ts';
import { pipelineRoutes } from './routes/pipeline.ts';
import { prometheusRoutes } from './routes/prometheus.ts';
import { scheduleRoutes } from './routes/schedule.ts';
import { silenceRoutes } from './routes/silences.ts';
import { runbookNames, textRoutes } from './routes/texts.ts';
import { trafficRoutes } from './routes/traffic.ts';
import { unlessHanging } from './unless-hanging.ts';

export interface ConsoleOptions {
  readonly root: string;
  /** The console refuses requests with a different port in the header `Host`. */
  readonly port: number;
  /**
   * Host name of the console for other programs of the pipeline.
   * @default 127.0.0.1
   */
  readonly peerHost?: string;
  readonly controls: Controls;
  readonly topology: Topology;
  /** The central Prometheus, or Thanos if Thanos is the engine. */
  readonly prometheus: PrometheusApi;
  /** Forwards requests of the page to the central Prometheus, or to Thanos if Thanos is the engine. */
  readonly sendToPrometheus: Send;
  /** Alerts and rules of the central Prometheus, or of Thanos if Thanos is the engine. */
  readonly alerts: AlertsApi;
  readonly alertmanager: AlertmanagerApi;
  /** @default all dashboards except the dashboards of Thanos */
  readonly dashboards?: readonly DashboardUid[];
  /**
   * Returns the URL at which the console reaches a component.
   * @default the URL for a browser
   */
  readonly reach?: (url: string) => string;
  readonly dashboardTexts?: DashboardTexts;
}

export interface Console {
  readonly app: Hono;
  /** Ends all polling. */
  readonly close: () => void;
}

/** Folder of the bundled page, relative to the project folder. */
export const assetsFolder = join('dist', 'console');

export function createConsole(options: ConsoleOptions): Console {
  const { root, port, peerHost, controls, topology, prometheus, sendToPrometheus } = options;
  const app = new Hono();
  const notifications = new Notifications();
  const hub = new LiveHub();
  const ended = new AbortController();
  keepLive(hub, { controls, topology, prometheus, notifications }, ended.signal);
  const watch = new AlertWatch(hub, {
    controls,
    prometheus: options.alerts,
    alertmanager: options.alertmanager,
    runbooks: () => runbookNames(root),
  });
  watch.run(ended.signal);

  app.use(ownPageOnly(port, peerHost));
  app.use(
    bodyLimit({
      maxSize: 1024 * 1024,
      onError: (c) => problem(c, 413, 'The body is larger than 1 MiB. Send a smaller body.'),
    }),
  );
  app.onError((error, c) => {
    if (error instanceof StillStarting) return problem(c, 503, error.message);
    if (error instanceof UnknownComponent) return problem(c, 404, error.message);
    if (error instanceof OutOfBounds) return problem(c, 400, error.message, error.field);
    if (error instanceof NotPossibleNow) return problem(c, 409, error.message);
    if (error instanceof ControlFailed) return problem(c, 502, error.message);
    return problem(c, 500, error.message);
  });

  app.get('/api/queries', async (c) => {
    const answers = documentedQueries.map(async ({ act, expr, shows }) => {
      const series = await prometheus.query(expr).catch(() => []);
      return { act, expr, shows, series: series.map(({ metric, value }) => ({ metric, value: value?.[1] })) };
    });
    return c.json(await Promise.all(answers));
  });

  app.get('/api/notifications', (c) => c.json(notifications.list));
  app.post('/api/notifications', async (c) => {
    const body = webhook.safeParse(await jsonOf(c));
    if (!body.success) return invalidBody(c, body.error);
    const now = new Date();
    notifications.add(body.data, now);
    watch.notified(
      body.data.alerts.map(({ status, labels, startsAt }) => ({
        receivedAt: now.getTime(),
        status,
        labels,
        startsAt: Date.parse(startsAt),
      })),
    );
    return c.body(null, 204);
  });

  app.route('/', pipelineRoutes(controls, topology));
  app.route('/', faultRoutes(controls));
  app.route('/', scheduleRoutes(controls));
  app.route('/', trafficRoutes(controls));
  app.route('/', batchRoutes(controls));
  app.route('/', openApiRoutes(root));
  app.route(
    '/',
    componentPageRoutes(controls, (url) => sendTo(options.reach?.(url) ?? url)),
  );
  app.route('/', prometheusRoutes(unlessHanging(sendToPrometheus)));
  const dashboards = new DashboardFiles(
    join(root, dashboardsFolder),
    options.dashboards,
    options.dashboardTexts,
  );
  app.route(
    '/',
    dashboardRoutes(dashboards, () => controls.grafana?.()),
  );
  app.route('/', eventRoutes(hub));
  app.route('/', alertRoutes(watch, controls));
  app.route('/', silenceRoutes(options.alertmanager, watch, controls));
  app.route('/', textRoutes(root));
  app.route(
    '/',
    pageRoutes({
      assets: join(root, assetsFolder),
      html: join(root, 'console', 'web', 'index.html'),
      docs: join(root, 'docs'),
    }),
  );
  app.notFound((c) =>
    problem(c, 404, `The console has no path ${c.req.path} for the method ${c.req.method}.`),
  );
  return { app, close: () => ended.abort() };
}
