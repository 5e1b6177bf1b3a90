import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument as consoleDocument } from '../../../console/api/openapi.ts';
import { openApiDocument } from '../../../functions/batch-pusher/openapi.ts';
import type { Generated } from '../region.ts';

function projectVersion(): string {
  const manifest = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

const json = (document: object) => `${JSON.stringify(document, null, 2)}\n`;

export const openApiReference: Generated = {
  file: 'docs/reference/batch-pusher.openapi.json',
  text: () => {
    const document = openApiDocument();
    return json({ ...document, info: { ...document.info, version: projectVersion() } });
  },
};

export const consoleApiReference: Generated = {
  file: 'docs/reference/console.openapi.json',
  text: () => json(consoleDocument(projectVersion())),
};
