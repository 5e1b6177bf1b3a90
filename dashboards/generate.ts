import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { dashboards } from './boards.ts';
import { dashboardJson } from './json.ts';

new Command('npm run dashboards --')
  .description('Writes the JSON of each dashboard next to its builder.')
  .showHelpAfterError()
  .parse();

for (const dashboard of dashboards) {
  const file = join(import.meta.dirname, dashboard.fileName);
  writeFileSync(file, dashboardJson(dashboard));
  console.log(`dashboards/${dashboard.fileName}`);
}
