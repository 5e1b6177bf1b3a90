import { airflowDashboard } from './airflow-metrics/dashboard.ts';
import type { Board } from './board.ts';
import { multiClusterDashboard } from './multi-cluster/dashboard.ts';
import { natsDashboard } from './nats/dashboard.ts';
import { pipelineHealthDashboard } from './pipeline-health/dashboard.ts';
import { thanosDashboard } from './thanos/dashboard.ts';
import { thanosStoreDashboard } from './thanos-store/dashboard.ts';
import { usdtDashboard } from './usdt-vnd/dashboard.ts';

/** All dashboards, in the order in which the demo shows them. */
export const dashboards: readonly Board[] = [
  natsDashboard,
  usdtDashboard,
  multiClusterDashboard,
  airflowDashboard,
  pipelineHealthDashboard,
  thanosDashboard,
  thanosStoreDashboard,
];
