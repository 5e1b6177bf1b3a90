import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../../../functions/batch-pusher/openapi.ts';
import type { Generated } from '../region.ts';

/** The API of the batch-pusher, with the version of this project. */
export const openApiReference: Generated = {
  file: 'docs/reference/batch-pusher.openapi.json',
  text: () => {
    const manifest = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { readonly version: string };
    const document = openApiDocument();
    return `${JSON.stringify({ ...document, info: { ...document.info, version } }, null, 2)}\n`;
  },
};
