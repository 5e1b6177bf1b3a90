import { dashboardJson, dashboards } from '../../dashboards/index.ts';
import type { Generated } from './region.ts';

export const dashboardFiles: readonly Generated[] = dashboards.map((dashboard) => ({
  file: `dashboards/${dashboard.fileName}`,
  text: () => dashboardJson(dashboard),
}));
