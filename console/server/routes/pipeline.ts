import { Hono } from 'hono';
import { componentAction, logQuery } from '../../api/components.ts';
import type { Controls } from '../../controls.ts';
import type { Topology } from '../../topology.ts';
import { invalidBody, jsonOf, notOffered } from '../problem.ts';

export function pipelineRoutes(controls: Controls, topology: Topology): Hono {
  const app = new Hono();

  app.get('/api/status', async (c) => c.json(await controls.status()));
  app.get('/api/topology', (c) => c.json(topology));

  app.get('/api/components/:name/log', async (c) => {
    if (!controls.logTail) return notOffered(c, controls);
    const query = logQuery.safeParse(c.req.query());
    if (!query.success) return invalidBody(c, query.error);
    return c.json({ lines: await controls.logTail(c.req.param('name'), query.data.lines) });
  });

  app.post('/api/components/:name', async (c) => {
    if (!controls.act) return notOffered(c, controls);
    const body = componentAction.safeParse(await jsonOf(c));
    if (!body.success) return invalidBody(c, body.error);
    const { action, ...options } = body.data;
    await controls.act(c.req.param('name'), action, options);
    return c.body(null, 204);
  });

  return app;
}
