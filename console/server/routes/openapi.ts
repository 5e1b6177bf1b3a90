import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';

export function openApiRoutes(root: string): Hono {
  const app = new Hono();
  app.get('/api/openapi.json', async (c) => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    const { openApiDocument } = await import('../../api/openapi.ts');
    return c.json(openApiDocument(version));
  });
  return app;
}
