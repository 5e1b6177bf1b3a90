import { type Context, Hono } from 'hono';
import { type AlertmanagerApi, AlertmanagerRefusal } from '../../../verify/alertmanager-api.ts';
import { newSilence, silenceId } from '../../api/alerting.ts';
import type { Controls } from '../../controls.ts';
import type { AlertWatch } from '../live/alert-watch.ts';
import { invalidBody, jsonOf, problem } from '../problem.ts';

/** Silences of Alertmanager. Only a console with `maySilence` creates and ends silences. */
export function silenceRoutes(alertmanager: AlertmanagerApi, watch: AlertWatch, controls: Controls): Hono {
  const app = new Hono();
  const readOnly = 'This console is read-only: it does not create or end silences. Use Alertmanager.';

  app.get('/api/silences', async (c) => {
    await watch.readAlertmanager();
    const { silences, alertmanager: stale } = watch.active;
    return stale ? noAnswer(c, stale.error) : c.json(silences);
  });

  app.post('/api/silences', async (c) => {
    if (!controls.maySilence) return problem(c, 404, readOnly);
    const body = newSilence.safeParse(await jsonOf(c));
    if (!body.success) return invalidBody(c, body.error);
    const { durationSeconds, ...silence } = body.data;
    const endsAt = new Date(Date.now() + durationSeconds * 1000);
    const id = await alertmanager.silence({ ...silence, endsAt }).catch(asError);
    if (id instanceof AlertmanagerRefusal) return problem(c, 400, id.message, 'matchers');
    if (id instanceof Error) return noAnswer(c, id.message);
    await watch.readAlertmanager();
    return c.json({ id }, 201);
  });

  app.delete('/api/silences/:id', async (c) => {
    if (!controls.maySilence) return problem(c, 404, readOnly);
    const path = silenceId.safeParse(c.req.param());
    if (!path.success) return invalidBody(c, path.error);
    const error = await alertmanager.expire(path.data.id).catch(asError);
    if (error instanceof AlertmanagerRefusal) {
      return problem(c, 404, `There is no active silence ${path.data.id}. It may have ended already.`, 'id');
    }
    if (error) return noAnswer(c, error.message);
    await watch.readAlertmanager();
    return c.body(null, 204);
  });
  return app;
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

function noAnswer(c: Context, message: string): Response {
  return problem(
    c,
    502,
    `Alertmanager does not answer: ${message}. Check that the component alertmanager runs.`,
  );
}
