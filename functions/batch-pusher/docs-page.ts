import type { OpenApiDocument } from './openapi.ts';
import { port } from './port.ts';

/** Shows the OpenAPI document without scripts and without files from other servers. */
export function docsPage(document: OpenApiDocument): Response {
  const { info, paths } = document;
  const operations = Object.entries(paths).map(([path, { post }]) => section(path, post));
  return new Response(
    page(`${info.title} ${info.version}`, [`<p>${escapeHtml(info.description)}</p>`, ...operations]),
    {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      },
    },
  );
}

type Operation = OpenApiDocument['paths']['/batches/{job}']['post'];

function section(path: string, operation: Operation): string {
  const [body] = Object.values(operation.requestBody.content);
  const responses = Object.entries(operation.responses as Record<string, { readonly description: string }>);
  return `<section>
<h2><code>POST ${escapeHtml(path)}</code></h2>
<p><b>${escapeHtml(operation.summary)}.</b> ${escapeHtml(operation.description)}</p>
<h3>Try it</h3>
<pre>${escapeHtml(example(path))}</pre>
<h3>Answers</h3>
<table>${responses.map(([status, { description }]) => `<tr><th>${status}<td>${escapeHtml(description)}`).join('\n')}</table>
<details><summary>Schema of the body</summary><pre>${escapeHtml(JSON.stringify(body?.schema, null, 2))}</pre></details>
</section>`;
}

function example(path: string): string {
  const body =
    path === '/etl/runs'
      ? { records: 1000, failAt: 'load' }
      : {
          grouping: { dag_id: 'nightly' },
          status: 'success',
          periodSeconds: 86_400,
          durationSeconds: 12.5,
          recordsProcessed: 980,
          etl: { extracted: 1000, transformed: 980, loaded: 980 },
        };
  const target = path === '/batches' ? `${path}?job=team%2Fnightly` : path.replace('{job}', 'my_job');
  return `curl -X POST 'http://127.0.0.1:${port}${target}' \\
  -H 'content-type: application/json' -H "authorization: Bearer $API_TOKEN" \\
  -d '${JSON.stringify(body)}'`;
}

function page(title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 54rem; margin: 2rem auto; padding: 0 1rem }
pre { overflow-x: auto; padding: .75rem; border: 1px solid #8884; border-radius: .25rem }
th { text-align: left; padding-right: 1rem; vertical-align: top }
</style>
<h1>${escapeHtml(title)}</h1>
<p>As data: <a href="/openapi.json">openapi.json</a></p>
${parts.join('\n')}
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
