import { dashboardJson, dashboards } from '../../dashboards/index.ts';
import type { Generated } from './region.ts';

/** The dashboards as Grafana imports them. */
export const dashboardFiles: readonly Generated[] = dashboards.map((dashboard) => ({
  file: `dashboards/${dashboard.fileName}`,
  text: () => dashboardJson(dashboard),
}));
