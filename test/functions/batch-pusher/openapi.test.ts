import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openApiDocument } from '../../../functions/batch-pusher/openapi.ts';
import { reportSchema } from '../../../functions/batch-pusher/report.ts';
import { etlRunSchema } from '../../../functions/batch-pusher/runs.ts';

interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly requestBody: {
    readonly content: { readonly 'application/json': { readonly schema: z.core.JSONSchema.JSONSchema } };
  };
  readonly responses: Readonly<Record<string, unknown>>;
}

const requestSchemas = {
  '/batches/{job}': reportSchema,
  '/batches': reportSchema,
  '/etl/runs': etlRunSchema,
} as const;

const document: {
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: { readonly securitySchemes: object };
} = JSON.parse(JSON.stringify(openApiDocument()));
const operations = Object.entries(document.paths).map(([path, { post }]) => [path, post] as const);

function valuesOf(key: string, node: unknown): unknown[] {
  if (node === null || typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([name, inner]) => (name === key ? [inner] : valuesOf(key, inner)));
}

describe('the OpenAPI document', () => {
  it('contains every schema to which the document refers', () => {
    const references = valuesOf('$ref', document) as string[];
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const [root, ...path] = reference.split('/');
      expect(root).toBe('#');
      expect(document, reference).toHaveProperty(path);
    }
  });

  it.each(operations)(
    'lists the parameters, the authentication and the answers of path %s',
    (path, operation) => {
      const { parameters, security, responses } = operation;
      expect(parameters.map(({ name }) => name)).toContain('Content-Encoding');
      const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(security.flatMap(Object.keys)).toEqual(['bearer']);
      expect(document.components.securitySchemes).toHaveProperty('bearer');
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '401', '422', '503']));
      for (const status of Object.keys(responses)) expect(status).toMatch(/^[2-5]\d\d$/);
    },
  );

  it('lists `job` as a required query parameter of the path /batches', () => {
    expect(document.paths['/batches']?.post.parameters).toContainEqual(
      expect.objectContaining({ name: 'job', in: 'query', required: true }),
    );
  });

  const etl = { extracted: 3, transformed: 2, loaded: 1 };
  it.each([
    ['/batches/{job}', { status: 'success', durationSeconds: 2.5, recordsProcessed: 3, etl }, true],
    ['/batches/{job}', { status: 'success', durationSeconds: 2.5, recordsProcessed: 3 }, false],
    ['/batches/{job}', { status: 'failure' }, true],
    ['/batches', { status: 'failure' }, true],
    ['/batches/{job}', { status: 'failure', durationSeconds: -1 }, false],
    ['/batches/{job}', { status: 'failure', grouping: { job: 'another' } }, false],
    ['/batches/{job}', { status: 'failure', grouping: { cluster: 'another' } }, false],
    ['/batches/{job}', { status: 'failure', grouping: { instance: '' } }, true],
    ['/batches/{job}', { status: 'failure', periodSeconds: 86_400 }, true],
    ['/batches/{job}', { status: 'failure', periodSeconds: 0 }, false],
    ['/batches/{job}', { status: 'failure', more: true }, false],
    ['/batches/{job}', { status: 'maybe' }, false],
    ['/etl/runs', { failAt: 'transform' }, true],
    ['/etl/runs', { failAt: 'nowhere' }, false],
  ] as const)('accepts and rejects the same request bodies as the API: %s %j', (path, body, sound) => {
    const published = document.paths[path]?.post.requestBody.content['application/json'].schema;
    if (!published) throw new Error(`no schema of ${path}`);
    expect(z.safeParse(requestSchemas[path], body).success).toBe(sound);
    expect(z.fromJSONSchema(published).safeParse(body).success).toBe(sound);
  });

  it('does not require a field that has a default', () => {
    const required = operations.flatMap(([, { requestBody }]) =>
      valuesOf('required', requestBody.content).flat(),
    );
    expect(required).toContain('status');
    expect(required).not.toContain('grouping');
    expect(required).not.toContain('records');
  });
});
