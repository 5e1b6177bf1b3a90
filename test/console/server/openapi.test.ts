import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { batchAnswer, batchStatus, etlRun } from '../../../console/api/batch.ts';
import { pipelineStatus } from '../../../console/api/components.ts';
import { clearAnswer, faultOptions, faultStatus } from '../../../console/api/faults.ts';
import { openApiDocument } from '../../../console/api/openapi.ts';
import { scheduleOptions, scheduleStatus } from '../../../console/api/schedule.ts';
import { burstAnswer, trafficChange, trafficStatus } from '../../../console/api/traffic.ts';
import { etlRunSchema } from '../../../functions/batch-pusher/runs.ts';
import { fakeConsole, own } from '../fake-console.ts';

interface Operation {
  readonly summary: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly description: string;
  }[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: z.core.JSONSchema.JSONSchema } };
  };
  readonly responses: Readonly<Record<string, object>>;
}

const document: { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> } =
  JSON.parse(JSON.stringify(openApiDocument('1.0.0')));
const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    path,
    operation,
  })),
);

/** API routes of the server, in OpenAPI notation. */
const served = [
  ...new Set(
    fakeConsole()
      .app.routes.filter(({ path, method }) => path.startsWith('/api/') && method !== 'ALL')
      .map(
        ({ method, path }) =>
          `${method} ${path.replace(/:(\w+)(\{.*\})?$|:(\w+)/g, '{$1$3}').replace(/\*$/, '{path}')}`,
      ),
  ),
].sort();

describe('the OpenAPI document of the console', () => {
  it('contains exactly the API routes of the server', () => {
    expect(served.length).toBeGreaterThan(20);
    expect(documented.map(({ route }) => route).sort()).toEqual(served);
  });

  it('is served by the console', async () => {
    const { app } = fakeConsole({ root: join(import.meta.dirname, '../../..') });
    const response = await app.request('/api/openapi.json', { headers: own });
    expect(await response.json()).toMatchObject({
      openapi: '3.1.0',
      paths: { '/api/faults/{name}': { post: {} } },
    });
  });

  it.each(documented)('has a summary, the parameters and an answer for $route', ({ path, operation }) => {
    expect(operation.summary).toMatch(/^[A-Z].*[^.]$/);
    const named = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(named.map(({ name }) => name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    for (const { description } of operation.parameters) expect(description).toMatch(/\.$/);
    expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
  });

  it.each([
    ['POST /api/faults/{name}', faultOptions, { for: 60, intensity: 3 }, true],
    ['POST /api/faults/{name}', faultOptions, { for: 1 }, false],
    ['POST /api/faults/{name}', faultOptions, { seconds: 60 }, false],
    ['POST /api/schedule', scheduleOptions, {}, true],
    ['POST /api/schedule', scheduleOptions, { every: 5 }, false],
    ['PUT /api/traffic/{cluster}', trafficChange, { rate: 2000, mode: 'off' }, true],
    ['PUT /api/traffic/{cluster}', trafficChange, { size: 1.5 }, false],
    ['POST /api/batch', etlRun, { failAt: 'load' }, true],
    ['POST /api/batch', etlRun, { records: -1 }, false],
  ] as const)('accepts the same bodies as the server: %s, case %#', (route, schema, body, sound) => {
    const published = documented.find((each) => each.route === route)?.operation.requestBody;
    if (!published) throw new Error(`The document has no body of ${route}.`);
    expect(schema.safeParse(body).success).toBe(sound);
    expect(z.fromJSONSchema(published.content['application/json'].schema).safeParse(body).success).toBe(
      sound,
    );
  });

  it.each([
    ['GET', '/api/status', pipelineStatus],
    ['GET', '/api/faults', z.array(faultStatus)],
    ['GET', '/api/faults/nats-killed', faultStatus],
    ['DELETE', '/api/faults', clearAnswer],
    ['GET', '/api/schedule', scheduleStatus],
    ['POST', '/api/schedule', scheduleStatus],
    ['GET', '/api/traffic/primary', trafficStatus],
    ['POST', '/api/traffic/burst', burstAnswer],
    ['GET', '/api/batch', batchStatus],
    ['POST', '/api/batch', batchAnswer],
  ] as const)('has a schema that fits the answer of %s %s', async (method, path, schema) => {
    const response = await fakeConsole().app.request(path, { method, headers: own });
    expect(response.status).toBe(200);
    expect(schema.safeParse(await response.json()).error).toBeUndefined();
  });
});

describe('a run of the batch', () => {
  it.each([{ records: 100_000 }, { records: 100_001 }, { durationSeconds: 60 }, { durationSeconds: 60.1 }])(
    'has the same parameter limits in the console and in the batch-pusher: %j',
    (run) => {
      expect(etlRun.safeParse(run).success).toBe(etlRunSchema.safeParse(run).success);
    },
  );
});
