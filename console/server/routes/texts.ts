import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import { problem } from '../problem.ts';
import { docsFile } from './pages.ts';

const runbooksOf = (root: string) => join(root, 'docs', 'runbooks');

/** Names of the alerts with a runbook. Empty if the folder cannot be read. */
export async function runbookNames(root: string): Promise<ReadonlySet<string>> {
  const files = await readdir(runbooksOf(root)).catch(() => []);
  return new Set(
    files.filter((file) => /^[A-Za-z]+\.md$/.test(file)).map((file) => file.replace(/\.md$/, '')),
  );
}

/** Routes that return runbooks and pages of the documentation, as Markdown in JSON. */
export function textRoutes(root: string): Hono {
  const app = new Hono();
  const markdown = async (c: Context, path: string, missing: string) => {
    const text = await readFile(join(root, path), 'utf8').catch(() => undefined);
    return text === undefined ? problem(c, 404, missing) : c.json({ path, markdown: text });
  };
  app.get('/api/runbooks/:alert{[A-Za-z]+}', (c) => {
    const alert = c.req.param('alert');
    const missing = `There is no runbook for ${alert}. This project has runbooks only for its own alerts.`;
    return markdown(c, join('docs', 'runbooks', `${alert}.md`), missing);
  });
  app.get(`/api/docs/:file{${docsFile}}`, (c) => {
    const file = c.req.param('file');
    return markdown(c, join('docs', file), `There is no docs/${file}. docs/README.md lists the pages.`);
  });
  return app;
}
