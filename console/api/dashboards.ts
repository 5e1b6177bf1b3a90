import * as z from 'zod';
import type { Operation } from './operation.ts';

const dashboards = z.object({
  dashboards: z.array(
    z.object({
      uid: z.string(),
      title: z.string(),
      description: z.string(),
      grafanaUrl: z.exactOptional(z.string().describe('Address of the dashboard in Grafana.')),
    }),
  ),
  grafanaProblem: z.exactOptional(z.string().describe('Why Grafana does not have the dashboards.')),
});

export const dashboardOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/dashboards',
    summary: 'The dashboards',
    answer: { description: 'The dashboards, in the order of the demo.', schema: dashboards },
  },
  {
    method: 'get',
    path: '/api/dashboards/{uid}',
    summary: 'A dashboard as the JSON that Grafana imports',
    answer: { description: 'The dashboard.', schema: z.looseObject({ uid: z.string(), title: z.string() }) },
    refusals: [404],
  },
];
