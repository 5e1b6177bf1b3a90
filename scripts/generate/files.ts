import { composeFiles } from './compose/project.ts';
import { dashboardFiles } from './dashboards.ts';
import { excerptPages } from './excerpts.ts';
import { images } from './images.ts';
import { listenerPage } from './listeners.ts';
import { planReviewPage } from './plan-review.ts';
import { presentation } from './presentation.ts';
import { readme } from './readme/readme.ts';
import { reference } from './reference/pages.ts';
import type { Generated } from './region.ts';

/** Every generated file. The README is last, because it counts things in the other files. */
export const generatedFiles: readonly Generated[] = [
  ...dashboardFiles,
  ...composeFiles,
  ...excerptPages,
  ...images,
  listenerPage,
  planReviewPage,
  presentation,
  ...reference,
  readme,
];
