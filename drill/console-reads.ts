import type { AlertRule, Incident } from '../console/alerting.ts';
import type { ConsoleClient } from '../console/cli/client.ts';
import { prometheusApi } from '../verify/prometheus-api.ts';
import type { DrillTarget } from './target.ts';

const readMs = 5000;

export function consoleReads(
  client: ConsoleClient,
  url: string,
): Pick<DrillTarget, 'incidents' | 'rule' | 'query'> {
  const prometheus = prometheusApi(`${url}/api/prometheus`);
  return {
    incidents: () => client.call<readonly Incident[]>('/api/incidents', { withinMs: readMs }),
    rule: async (alert) => {
      const { alerts } = await client.call<{ alerts: readonly AlertRule[] }>('/api/alerts');
      return alerts.find((rule) => rule.alert === alert && rule.expr !== undefined);
    },
    query: (expr) => prometheus.query(expr, { deadlineMs: readMs }),
  };
}
