import { Hono } from 'hono';
import { scheduleOptions } from '../../api/schedule.ts';
import type { Controls } from '../../controls.ts';
import { invalidBody, notOffered, optionalJsonOf } from '../problem.ts';

export function scheduleRoutes(controls: Controls): Hono {
  const app = new Hono();
  const { schedule } = controls;

  app.get('/api/schedule', (c) => (schedule ? c.json(schedule.status()) : notOffered(c, controls)));

  app.post('/api/schedule', async (c) => {
    if (!schedule) return notOffered(c, controls);
    const body = scheduleOptions.safeParse(await optionalJsonOf(c));
    if (!body.success) return invalidBody(c, body.error);
    return c.json(schedule.start(body.data));
  });

  app.delete('/api/schedule', async (c) => {
    if (!schedule) return notOffered(c, controls);
    await schedule.stop();
    return c.body(null, 204);
  });

  return app;
}
