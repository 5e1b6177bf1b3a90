import type { Context } from 'aws-lambda';
import type { LambdaContext } from 'hono/aws-lambda';
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/adapters/aws-lambda/index.ts';
import type { FunctionDefinition } from '../../../functions/function.ts';
import { usdtExporter } from '../../../functions/usdt-exporter/index.ts';
import { httpConformance, taskConformance } from './conformance.ts';
import type { Answer, HostUnderTest, RequestSpec } from './host.ts';
import { formatV2, httpApi, loadBalancer, restApi, scheduled, unknown } from './lambda-events.ts';
import { probe } from './probe.ts';
import '../quiet.ts';

interface Result {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, string[]>>;
  readonly cookies?: string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

function answerOf(result: Result): Answer {
  const headers: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(result.headers ?? {})) headers[name] = [value];
  for (const [name, values] of Object.entries(result.multiValueHeaders ?? {})) headers[name] = values;
  if (result.cookies) headers['set-cookie'] = result.cookies;
  return {
    status: result.statusCode,
    headers,
    body: Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

const context = (remainingMs = 30_000) =>
  ({
    functionName: 'test',
    getRemainingTimeInMillis: () => remainingMs,
  }) as Context as unknown as LambdaContext;

type MakeEvent = (spec: RequestSpec) => object;

function lambda(name: string, event: MakeEvent, more: Partial<HostUnderTest> = {}): HostUnderTest {
  return {
    name,
    ...more,
    async open(definition: FunctionDefinition, env) {
      const handler = createHandler(definition, env);
      return {
        request: async (spec) => answerOf((await handler(event(spec), context())) as unknown as Result),
        runTask: () => handler(scheduled.rule, context()),
      };
    },
  };
}

const functionUrl = lambda('aws-lambda, function URL', (spec) => formatV2(spec));
httpConformance(functionUrl);
taskConformance(functionUrl);
httpConformance(
  lambda('aws-lambda, HTTP API with a named stage', (spec) => httpApi(spec, { stage: 'prod' }), {
    decodesSlashes: true,
  }),
);
httpConformance(
  lambda('aws-lambda, REST API below a base path', (spec) => restApi(spec, { mapped: '/monitoring' })),
);

describe('aws-lambda: the path that the app receives', () => {
  const seen = async (event: object) => {
    const result = (await createHandler(probe, {})(event, context())) as unknown as Result;
    return result.statusCode === 200 ? new URL(JSON.parse(result.body).url).pathname : result.statusCode;
  };

  const custom = { domain: 'api.example.com' };
  it.each<[string, MakeEvent]>([
    ['a function URL', (spec) => formatV2(spec)],
    ['an HTTP API with the stage $default', (spec) => httpApi(spec)],
    ['an HTTP API with a named stage', (spec) => httpApi(spec, { stage: 'prod' })],
    ['an HTTP API with the stage `seen`', (spec) => httpApi(spec, { stage: 'seen' })],
    ['an HTTP API with a custom domain', (spec) => httpApi(spec, { stage: 'prod', ...custom })],
    ['a REST API', (spec) => restApi(spec)],
    ['a REST API with a resource for each path', (spec) => restApi(spec, { resource: '/seen/{name}' })],
    ['a REST API with a custom domain', (spec) => restApi(spec, { mapped: '/monitoring' })],
    ['a REST API below the base path `/ops/v1`', (spec) => restApi(spec, { mapped: '/ops/v1' })],
    ['a REST API below the base path `/seen`', (spec) => restApi(spec, { mapped: '/seen' })],
    ['a REST API below the base path `/ops` and a stage', (spec) => restApi(spec, { mapped: '/ops/prod' })],
    [
      'a REST API with a resource for each path below a base path',
      (spec) => restApi(spec, { resource: '/seen/{name}', mapped: '/ops' }),
    ],
    [
      'an HTTP API in format 1.0 with the route $default and a named stage',
      (spec) => ({
        ...restApi(spec, { mapped: '/prod' }),
        version: '1.0',
        resource: '$default',
        pathParameters: null,
      }),
    ],
    ['a load balancer', loadBalancer],
  ])('has no stage and no base path for a request to %s', async (_, event) => {
    expect(await seen(event({ path: '/seen/x' }))).toBe('/seen/x');
  });

  it.each<[string, MakeEvent]>([
    ['an HTTP API with a named stage', (spec) => httpApi(spec, { stage: 'prod' })],
    ['a REST API', (spec) => restApi(spec, { resource: '/' })],
    ['a REST API below a base path', (spec) => restApi(spec, { resource: '/', mapped: '/ops' })],
    [
      'a REST API below a base path without a final slash',
      (spec) => ({ ...restApi(spec, { resource: '/', mapped: '/ops' }), path: '/ops' }),
    ],
  ])('is `/` for a request to the root of %s', async (_, event) => {
    const handler = createHandler(usdtExporter, {});
    const result = (await handler(event({ path: '/' }), context())) as unknown as Result;
    expect([result.statusCode, result.body]).toEqual([200, expect.stringContaining('<h1>')]);
  });

  it('is `/` if the event path is only the stage', async () => {
    const event = { ...formatV2({ path: '' }, { stage: 'prod' }), rawPath: '/prod' };
    const result = (await createHandler(usdtExporter, {})(event, context())) as unknown as Result;
    expect(result.statusCode).toBe(200);
  });

  it.each<[string, MakeEvent]>([
    ['a function URL', (spec) => formatV2(spec)],
    ['a REST API', (spec) => restApi(spec)],
    ['a REST API below a base path', (spec) => restApi(spec, { mapped: '/ops' })],
    ['a load balancer', loadBalancer],
  ])('stays percent-encoded if the event comes from %s', async (_, event) => {
    expect(await seen(event({ path: '/seen/a%2Fb%3Fc%25' }))).toBe('/seen/a%2Fb%3Fc%25');
  });

  it('is encoded, even if an HTTP API decodes the path', async () => {
    expect(await seen(httpApi({ path: '/seen/a%23b%25%20%C3%A9' }, { stage: 'prod' }))).toBe(
      '/seen/a%23b%25%20%C3%A9',
    );
  });

  it('stays `/seen/x` if the stage is `see`', async () => {
    expect(await seen(formatV2({ path: '/seen/x' }, { stage: '$default' }))).toBe('/seen/x');
    const event = formatV2({ path: '/seen/x' });
    const { requestContext } = event;
    expect(await seen({ ...event, requestContext: { ...requestContext, stage: 'see' } })).toBe('/seen/x');
  });
});

describe('aws-lambda: an event', () => {
  it.each(Object.entries(scheduled))('from an EventBridge %s runs the task', async (_, event) => {
    expect(await createHandler(probe, {})(event, context())).toEqual({ did: 'it' });
  });

  it.each(unknown)('causes an error if the event is %s', async (_, event, came) => {
    const failed = createHandler(probe, {})(event, context());
    await expect(failed).rejects.toThrow(/^unknown event: expected an HTTP request from API Gateway/);
    await expect(failed).rejects.toThrow(came);
    await expect(failed).rejects.not.toThrow('value1');
  });

  it('from a schedule causes an error if PUSHGATEWAY_URL is not set', async () => {
    await expect(createHandler(usdtExporter, {})(scheduled.rule, context())).rejects.toThrow(
      'usdt-exporter cannot run its task, because PUSHGATEWAY_URL is not set. Set PUSHGATEWAY_URL.',
    );
  });
});

describe('aws-lambda: a task', () => {
  it('is aborted before the invocation times out', async () => {
    const handler = createHandler(probe, { OUTCOME: 'endless' });
    await expect(handler(scheduled.rule, context(600))).rejects.toThrow('it was cut short');
  });
});
