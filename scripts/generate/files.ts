import { dashboardFiles } from './dashboards.ts';
import { excerptPages } from './excerpts.ts';
import { images } from './images.ts';
import { listenerPage } from './listeners.ts';
import { presentation } from './presentation.ts';
import { readme } from './readme/readme.ts';
import { reference } from './reference/pages.ts';
import type { Generated } from './region.ts';

/** Every file that is written from the code. The README comes last, because it counts the others. */
export const generatedFiles: readonly Generated[] = [
  ...dashboardFiles,
  ...excerptPages,
  ...images,
  listenerPage,
  presentation,
  ...reference,
  readme,
];
