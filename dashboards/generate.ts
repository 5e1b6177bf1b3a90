import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboards } from './boards.ts';
import { dashboardJson } from './json.ts';

for (const dashboard of dashboards) {
  const file = join(import.meta.dirname, dashboard.fileName);
  writeFileSync(file, dashboardJson(dashboard));
  console.log(`dashboards/${dashboard.fileName}`);
}
