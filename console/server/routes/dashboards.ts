import { Hono } from 'hono';
import type { GrafanaStatus } from '../../controls.ts';
import type { DashboardFiles } from '../dashboards.ts';
import { problem } from '../problem.ts';

export function dashboardRoutes(files: DashboardFiles, grafana: () => GrafanaStatus | undefined): Hono {
  const app = new Hono();
  app.get('/api/dashboards', async (c) => {
    const status = grafana();
    const dashboards = (await files.list()).map((entry) => {
      const grafanaUrl = status?.dashboards[entry.uid];
      return { ...entry, ...(grafanaUrl !== undefined && { grafanaUrl }) };
    });
    return c.json({
      dashboards,
      ...(status?.problem !== undefined && { grafanaProblem: status.problem }),
    });
  });
  app.get('/api/dashboards/:uid', async (c) => {
    const uid = c.req.param('uid');
    const json = await files.json(uid);
    if (json !== undefined) return c.body(json, 200, { 'Content-Type': 'application/json' });
    const known = (await files.list()).map((entry) => entry.uid);
    return problem(c, 404, `There is no dashboard ${uid}. The dashboards are ${known.join(', ')}.`);
  });
  return app;
}
