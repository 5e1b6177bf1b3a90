import { type Context, Hono } from 'hono';
import { faultOptions } from '../../api/faults.ts';
import type { FaultControls } from '../../controls/faults.ts';
import { type Controls, StillStarting } from '../../controls.ts';
import { invalidBody, notOffered, optionalJsonOf, problem } from '../problem.ts';

export function faultRoutes(controls: Controls): Hono {
  const app = new Hono();

  app.get('/api/faults', (c) => c.json(controls.faults?.list() ?? []));

  app.delete('/api/faults', async (c) => {
    if (!controls.faults) return notOffered(c, controls);
    return c.json({ restored: await controls.faults.clear() });
  });

  app.get('/api/faults/:name', (c) => {
    if (!controls.faults) return notOffered(c, controls);
    const name = c.req.param('name');
    const found = known(controls.faults).find((fault) => fault.name === name);
    return found ? c.json(found) : unknownFault(c, controls.faults);
  });

  app.post('/api/faults/:name', async (c) => {
    if (!controls.faults) return notOffered(c, controls);
    known(controls.faults);
    const body = faultOptions.safeParse(await optionalJsonOf(c));
    if (!body.success) return invalidBody(c, body.error);
    const found = await controls.faults.inject(c.req.param('name'), body.data);
    return found ? c.body(null, 204) : unknownFault(c, controls.faults);
  });

  app.delete('/api/faults/:name', async (c) => {
    if (!controls.faults) return notOffered(c, controls);
    known(controls.faults);
    const found = await controls.faults.restore(c.req.param('name'));
    return found ? c.body(null, 204) : unknownFault(c, controls.faults);
  });

  return app;
}

/** @throws StillStarting while the list of faults is empty */
function known(faults: FaultControls) {
  const list = faults.list();
  if (list.length === 0) throw new StillStarting();
  return list;
}

function unknownFault(c: Context, faults: FaultControls): Response {
  const names = faults.list().map(({ name }) => name);
  return problem(
    c,
    404,
    `There is no fault ${c.req.param('name')}. The faults are ${names.join(', ')}.`,
    'name',
  );
}
