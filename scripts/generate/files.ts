import { alertsPage } from './alerts-page.ts';
import { composeFiles } from './compose/project.ts';
import { dashboardFiles } from './dashboards.ts';
import { driftPage } from './drift.ts';
import { drillTables } from './drill.ts';
import { excerptPages } from './excerpts.ts';
import { images } from './images.ts';
import { listenerPage } from './listeners.ts';
import { objectiveFiles } from './objectives.ts';
import { planReviewPage } from './plan-review.ts';
import { presentation } from './presentation.ts';
import { readme } from './readme/readme.ts';
import { reference } from './reference/pages.ts';
import type { Generated } from './region.ts';
import { restoreTables } from './restore.ts';

/** The README must be last, because the README counts the PromQL queries of the generated pages. */
export const generatedFiles: readonly Generated[] = [
  ...dashboardFiles,
  ...composeFiles,
  ...excerptPages,
  ...images,
  alertsPage,
  listenerPage,
  planReviewPage,
  driftPage,
  ...objectiveFiles,
  presentation,
  ...reference,
  drillTables,
  restoreTables,
  readme,
];
