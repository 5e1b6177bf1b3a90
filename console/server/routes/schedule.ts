import { Hono } from 'hono';
import { scheduleOptions } from '../../api/schedule.ts';
import type { Controls } from '../../controls.ts';
import { invalidBody, notOffered, optionalJsonOf, problem } from '../problem.ts';

/** Routes for the schedule of faults. */
export function scheduleRoutes({ schedule }: Controls): Hono {
  const app = new Hono();

  app.get('/api/schedule', (c) => (schedule ? c.json(schedule.status()) : problem(c, 404, notOffered)));

  app.post('/api/schedule', async (c) => {
    if (!schedule) return problem(c, 404, notOffered);
    const body = scheduleOptions.safeParse(await optionalJsonOf(c));
    if (!body.success) return invalidBody(c, body.error);
    return c.json(schedule.start(body.data));
  });

  app.delete('/api/schedule', async (c) => {
    if (!schedule) return problem(c, 404, notOffered);
    await schedule.stop();
    return c.body(null, 204);
  });

  return app;
}
