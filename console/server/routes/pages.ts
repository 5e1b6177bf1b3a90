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
  /** Folder of the bundled front end. */
  readonly assets: string;
  /** The HTML file that loads the bundle. */
  readonly html: string;
  /** Folder of the runbooks. */
  readonly runbooks: string;
}

/** The paths of the views, all served by the same HTML file. */
const views = ['/', '/map', '/tour', '/dashboards', '/d/:uid', '/explore', '/alerts', '/faults', '/notes'];

/** The pages, the files that they load, and the runbooks: HTML for a browser, Markdown for curl. */
export function pageRoutes({ assets, html, runbooks }: PageFiles): Hono {
  const app = new Hono();
  const page = async (c: Context, status: 200 | 404 = 200) => c.html(await readFile(html, 'utf8'), status);

  for (const path of views) app.get(path, (c) => page(c));

  app.get('/assets/:file{[A-Za-z0-9_.-]+}', async (c) => {
    const file = c.req.param('file');
    const content = await readFile(join(assets, file)).catch(() => undefined);
    const type = types[extname(file)];
    if (!content || !type) return problem(c, 404, `There is no file ${file}.`);
    // The name of a chunk holds the hash of its content.
    const caching = file.startsWith('chunk-') ? 'public, max-age=31536000, immutable' : 'no-cache';
    return c.body(content, 200, { 'Content-Type': type, 'Cache-Control': caching });
  });

  app.get('/runbooks/:file{[A-Za-z]+\\.md}', async (c) => {
    const file = c.req.param('file');
    const text = await readFile(join(runbooks, file), 'utf8').catch(() => undefined);
    if (c.req.header('accept')?.includes('text/html')) return page(c, text === undefined ? 404 : 200);
    if (text === undefined) return problem(c, 404, `There is no runbook ${file}.`);
    return c.body(text, 200, { 'Content-Type': 'text/markdown; charset=utf-8' });
  });

  app.notFound((c) => problem(c, 404, `There is no ${c.req.path} here.`));
  return app;
}
