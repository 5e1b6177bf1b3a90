import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Context, Hono } from 'hono';
import { problem } from '../problem.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
};

export interface PageFiles {
  readonly assets: string;
  readonly html: string;
  readonly docs: string;
}

/** A Markdown file below `docs/`. No segment may start with a dot. */
export const docsFile = '(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\\.md';

const views = ['/', '/map', '/tour', '/dashboards', '/d/:uid', '/explore', '/alerts', '/faults', '/notes'];

const acceptsPage = (c: Context) => c.req.header('accept')?.includes('text/html') ?? false;

/** A browser gets the documentation as HTML, curl as Markdown. */
export function pageRoutes({ assets, html, docs }: PageFiles): Hono {
  const app = new Hono();
  const page = async (c: Context, status: 200 | 404 = 200) => c.html(await readFile(html, 'utf8'), status);

  for (const path of views) app.get(path, (c) => page(c));

  app.get('/assets/:file{[A-Za-z0-9_.-]+}', async (c) => {
    const file = c.req.param('file');
    const content = await readFile(join(assets, file)).catch(() => undefined);
    const type = types[extname(file)];
    if (!content || !type) return problem(c, 404, `There is no file ${file}.`);
    // A chunk never changes, because its name contains the hash of its content.
    const caching = file.startsWith('chunk-') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return c.body(content, 200, { 'Content-Type': type, 'Cache-Control': caching });
  });

  const text = async (c: Context, file: string) => {
    const content = await readFile(join(docs, file), 'utf8').catch(() => undefined);
    if (acceptsPage(c)) return page(c, content === undefined ? 404 : 200);
    if (content === undefined) return problem(c, 404, `The console has no path ${c.req.path}.`);
    return c.body(content, 200, { 'Content-Type': 'text/markdown; charset=utf-8' });
  };
  app.get('/runbooks/:file{[A-Za-z]+\\.md}', (c) => text(c, join('runbooks', c.req.param('file'))));
  app.get(`/docs/:file{${docsFile}}`, (c) => text(c, c.req.param('file')));

  // A browser gets the page also for a wrong URL. Other programs get an error as JSON.
  app.get('*', async (c, next) => {
    const forProgram = /^\/(api|assets)\//.test(c.req.path);
    return !forProgram && acceptsPage(c) ? page(c, 404) : next();
  });
  return app;
}
