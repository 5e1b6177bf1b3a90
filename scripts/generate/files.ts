import { dashboardFiles } from './dashboards.ts';
import { images } from './images.ts';
import { readme } from './readme/index.ts';
import { reference } from './reference/index.ts';
import type { Generated } from './region.ts';

/** Every file that is written from the code. The README comes last, because it counts the others. */
export const generatedFiles: readonly Generated[] = [...dashboardFiles, ...images, ...reference, readme];
