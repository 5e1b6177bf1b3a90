import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, Context, ScheduledEvent } from 'aws-lambda';
import type { LambdaContext, LambdaEvent } from 'hono/aws-lambda';
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/adapters/aws-lambda/index.ts';
import type { FunctionDefinition } from '../../../functions/function.ts';
import { httpConformance, taskConformance } from './conformance.ts';
import { type Answer, bodyOf, type HostUnderTest, type RequestSpec } from './host.ts';
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

/** The event of API Gateway's HTTP API and of function URLs. */
function eventV2(spec: RequestSpec): APIGatewayProxyEventV2 {
  const [path = '', query = ''] = spec.path.split('?');
  const body = bodyOf(spec);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: joined(spec.headers),
    requestContext: {
      domainName: 'function.example',
      http: {
        method: spec.method ?? 'GET',
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'test',
      },
    } as APIGatewayProxyEventV2['requestContext'],
    ...(body && { body: body.toString('base64') }),
    isBase64Encoded: body !== undefined,
  };
}

/** The event of API Gateway's REST API. */
function eventV1(spec: RequestSpec): APIGatewayProxyEvent {
  const [path = '', query = ''] = spec.path.split('?');
  const search = new URLSearchParams(query);
  const body = bodyOf(spec);
  const headers = joined(spec.headers);
  return {
    httpMethod: spec.method ?? 'GET',
    path,
    resource: '/{proxy+}',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: Object.fromEntries(
      [...new Set(search.keys())].map((key) => [key, search.getAll(key)]),
    ),
    pathParameters: null,
    stageVariables: null,
    requestContext: { domainName: 'function.example' } as APIGatewayProxyEvent['requestContext'],
    body: body?.toString('base64') ?? null,
    isBase64Encoded: body !== undefined,
  };
}

/** API Gateway joins a repeated header, with a comma. */
function joined(headers: RequestSpec['headers'] = []): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [name, value] of headers)
    record[name] = record[name] === undefined ? value : `${record[name]}, ${value}`;
  return record;
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

const scheduled = { source: 'aws.events', 'detail-type': 'Scheduled Event' } as ScheduledEvent & {
  readonly source: 'aws.events';
};

function lambda(name: string, event: (spec: RequestSpec) => object): HostUnderTest {
  return {
    name,
    async open(definition: FunctionDefinition, env) {
      const handler = createHandler(definition, env);
      return {
        request: async (spec) =>
          answerOf((await handler(event(spec) as LambdaEvent, context())) as unknown as Result),
        runTask: () => handler(scheduled, context()),
      };
    },
  };
}

const httpApi = lambda('aws-lambda, HTTP API', eventV2);
httpConformance(httpApi);
taskConformance(httpApi);
httpConformance(lambda('aws-lambda, REST API', eventV1));

describe('aws-lambda: a task', () => {
  it('is cut with a reason before the invocation’s time is up', async () => {
    const handler = createHandler(probe, { OUTCOME: 'endless' });
    await expect(handler(scheduled, context(600))).rejects.toThrow('it was cut short');
  });
});
