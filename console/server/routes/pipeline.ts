import { Hono } from 'hono';
import * as z from 'zod';
import { etlStages } from '../../../metrics/definitions/batch-pusher.ts';
import { type Controls, componentActions, StillStarting } from '../../controls.ts';
import type { Topology } from '../../topology.ts';
import { invalidBody, jsonOf, problem } from '../problem.ts';

const etlRun = z.strictObject({ failAt: z.enum(etlStages).optional() });
const action = z.strictObject({ action: z.enum(componentActions) });
const logLines = z.coerce.number().int().min(1).max(1000).default(100);

/** The state of the pipeline, and the actions that the controls offer. */
export function pipelineRoutes(controls: Controls, topology: Topology): Hono {
  const app = new Hono();
  const notOffered = 'The console of a cluster offers only actions that destroy nothing.';

  app.get('/api/status', async (c) => c.json(await controls.status()));
  app.get('/api/topology', (c) => c.json(topology));

  app.get('/api/components/:name/log', async (c) => {
    if (!controls.logTail) return problem(c, 404, 'The console of this pipeline shows no logs.');
    const lines = logLines.safeParse(c.req.query('lines'));
    if (!lines.success) return invalidBody(c, lines.error);
    return c.json({ lines: await controls.logTail(c.req.param('name'), lines.data) });
  });

  app.post('/api/components/:name', async (c) => {
    if (!controls.act) return problem(c, 404, notOffered);
    const body = action.safeParse(await jsonOf(c));
    if (!body.success) return invalidBody(c, body.error);
    await controls.act(c.req.param('name'), body.data.action);
    return c.body(null, 204);
  });

  app.post('/api/batch', async (c) => {
    if (!controls.runBatch) return problem(c, 404, notOffered);
    const text = await c.req.text();
    const run = etlRun.safeParse(text === '' ? {} : await jsonOf(c));
    if (!run.success) return invalidBody(c, run.error);
    const { failAt } = run.data;
    const answer = await controls.runBatch(failAt ? { failAt } : {});
    return c.json({ status: answer.status, answer: answer.body });
  });

  app.post('/api/traffic/burst', async (c) => {
    if (!controls.burst) return problem(c, 404, notOffered);
    return c.json({ published: await controls.burst() });
  });

  app.get('/api/faults', (c) => c.json(controls.faults?.list() ?? []));

  app.on(['POST', 'DELETE'], '/api/faults/:name', async (c) => {
    const { faults } = controls;
    if (!faults) return problem(c, 404, notOffered);
    const name = c.req.param('name');
    const known = faults.list();
    if (known.length === 0) throw new StillStarting();
    const found = await (c.req.method === 'POST' ? faults.inject(name) : faults.restore(name));
    if (found) return c.body(null, 204);
    return problem(
      c,
      404,
      `There is no fault ${name}. The faults are ${known.map((f) => f.name).join(', ')}.`,
    );
  });

  return app;
}
