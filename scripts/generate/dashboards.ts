import { dashboardJson, dashboards } from '../../dashboards/index.ts';
import type { Generated } from './region.ts';

/** The dashboards as JSON files that Grafana can import. */
export const dashboardFiles: readonly Generated[] = dashboards.map((dashboard) => ({
  file: `dashboards/${dashboard.fileName}`,
  text: () => dashboardJson(dashboard),
}));
