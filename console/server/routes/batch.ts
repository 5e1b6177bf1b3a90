import { Hono } from 'hono';
import { batchMode, etlRun } from '../../api/batch.ts';
import type { Controls, EtlRun } from '../../controls.ts';
import { batchOf } from '../live/activity.ts';
import { invalidBody, jsonOf, notOffered, optionalJsonOf } from '../problem.ts';

export function batchRoutes(controls: Controls): Hono {
  const app = new Hono();

  app.get('/api/batch', (c) => {
    const status = batchOf(controls);
    return status ? c.json(status) : notOffered(c, controls);
  });

  app.post('/api/batch', async (c) => {
    if (!controls.runBatch) return notOffered(c, controls);
    const body = etlRun.safeParse(await optionalJsonOf(c));
    if (!body.success) return invalidBody(c, body.error);
    const given = Object.entries(body.data).filter(([, value]) => value !== undefined);
    const answer = await controls.runBatch(Object.fromEntries(given) as EtlRun);
    return c.json({ status: answer.status, answer: answer.body });
  });

  app.put('/api/batch/schedule', async (c) => {
    if (!controls.batch) return notOffered(c, controls);
    const body = batchMode.safeParse(await jsonOf(c));
    if (!body.success) return invalidBody(c, body.error);
    await controls.batch.setMode(body.data.mode);
    return c.body(null, 204);
  });

  return app;
}
