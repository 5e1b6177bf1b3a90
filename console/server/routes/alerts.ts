import { Hono } from 'hono';
import { incidentQuery } from '../../api/alerting.ts';
import type { Controls } from '../../controls.ts';
import type { AlertWatch } from '../live/alert-watch.ts';
import { invalidBody } from '../problem.ts';

const stateOrder = { firing: 0, pending: 1 } as const;

export function alertRoutes(watch: AlertWatch, controls: Controls): Hono {
  const app = new Hono();

  app.get('/api/alerts', async (c) => {
    await watch.readAlertmanager();
    const { active, silences, prometheus, alertmanager } = watch.active;
    const known = new Set(watch.rules.map(({ alert }) => alert));
    const withInstances = (alert: string) => {
      const instances = active
        .filter((instance) => instance.alert === alert)
        .sort((one, other) => stateOrder[one.state] - stateOrder[other.state]);
      return { state: instances[0]?.state ?? 'inactive', instances };
    };
    const others = [...new Set(active.map(({ alert }) => alert))].filter((alert) => !known.has(alert));
    return c.json({
      alerts: [
        ...watch.rules.map((rule) => ({ ...rule, ...withInstances(rule.alert) })),
        ...others.map((alert) => ({ alert, ...withInstances(alert) })),
      ],
      silences,
      maySilence: controls.maySilence ?? false,
      ...(prometheus && { prometheus }),
      ...(alertmanager && { alertmanager }),
    });
  });

  app.get('/api/incidents', (c) => {
    const query = incidentQuery.safeParse(c.req.query());
    if (!query.success) return invalidBody(c, query.error);
    const { alert, fault, since = 0 } = query.data;
    return c.json(
      watch.incidents.filter(
        (incident) =>
          (alert === undefined || incident.alert === alert) &&
          (fault === undefined || incident.fault?.name === fault) &&
          (incident.times.pending ?? 0) >= since,
      ),
    );
  });
  return app;
}
