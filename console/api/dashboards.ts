import * as z from 'zod';
import type { Operation } from './operation.ts';

const dashboardList = z.object({
  dashboards: z.array(
    z.object({
      uid: z.string(),
      title: z.string(),
      description: z.string(),
      alerts: z.string().describe('PromQL of the firing alerts that lead to the dashboard.').optional(),
      preview: z
        .object({ title: z.string(), expr: z.string() })
        .describe('The first graph. Its query still has the variables of Grafana.')
        .optional(),
      grafanaUrl: z.string().describe('The address in Grafana, if a Grafana has the dashboard.').optional(),
    }),
  ),
  grafanaProblem: z.string().describe('Reason why the configured Grafana lacks the dashboards.').optional(),
});

export const dashboardOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/dashboards',
    summary: 'The dashboards',
    answer: { description: 'In the order of the demo.', schema: dashboardList },
  },
  {
    method: 'get',
    path: '/api/dashboards/{uid}',
    summary: 'A dashboard as Grafana imports it',
    answer: { description: 'The JSON of the dashboard.', schema: z.unknown() },
    refusals: [404],
  },
];
