import { bodyOf, type RequestSpec } from './host.ts';

/** Events as in the documentation and the samples of AWS. */

const apiDomain = 'id.execute-api.us-east-1.amazonaws.com';

/** An event of a function URL (AWS docs: "Lambda proxy integrations for HTTP APIs"). */
export function formatV2(
  spec: RequestSpec,
  { stage = '$default', domain = apiDomain }: { stage?: string; domain?: string } = {},
) {
  const { path, query } = halves(spec);
  const body = bodyOf(spec);
  const rawPath = stage === '$default' ? path : `/${stage}${path}`;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: query,
    headers: { host: domain, ...joined(spec.headers) },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api-id',
      domainName: domain,
      domainPrefix: 'id',
      http: {
        method: spec.method ?? 'GET',
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'agent',
      },
      requestId: 'id',
      routeKey: '$default',
      stage,
      time: '12/Mar/2020:19:03:58 +0000',
      timeEpoch: 1583348638390,
    },
    ...(body && { body: body.toString('base64') }),
    isBase64Encoded: body !== undefined,
  };
}

/** An event of an HTTP API. AWS decodes `%3F` in the path to `?`, and this `?` ends the path. */
export function httpApi(spec: RequestSpec, options: { stage?: string; domain?: string } = {}) {
  const { path, query } = halves(spec);
  const [decoded] = decodeURIComponent(path).split('?');
  return formatV2({ ...spec, path: `${decoded}?${query}` }, options);
}

/**
 * An event of a REST API (AWS docs: "Lambda proxy integrations in API Gateway").
 * @param mapped base path of a custom domain
 */
export function restApi(
  spec: RequestSpec,
  { resource = '/{proxy+}', mapped = '' }: { resource?: string; mapped?: string } = {},
) {
  const { path, query } = halves(spec);
  const search = new URLSearchParams(query);
  const body = bodyOf(spec);
  const headers = { Host: mapped ? 'api.example.com' : apiDomain, ...joined(spec.headers) };
  return {
    resource,
    path: `${mapped}${path}`,
    httpMethod: spec.method ?? 'GET',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: query ? Object.fromEntries(search) : null,
    multiValueQueryStringParameters: query
      ? Object.fromEntries([...new Set(search.keys())].map((key) => [key, search.getAll(key)]))
      : null,
    pathParameters: parametersOf(resource, path),
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'id',
      domainName: headers.Host,
      httpMethod: spec.method ?? 'GET',
      identity: { sourceIp: '192.0.2.1', userAgent: 'agent' },
      path: mapped ? `${mapped}${path}` : `/prod${path}`,
      protocol: 'HTTP/1.1',
      requestId: 'id=',
      resourcePath: resource,
      stage: 'prod',
    },
    body: body?.toString('base64') ?? null,
    isBase64Encoded: body !== undefined,
  };
}

/** An event of a load balancer (AWS docs: "Lambda functions as targets"). The path stays encoded. */
export function loadBalancer(spec: RequestSpec) {
  const { path, query } = halves(spec);
  const body = bodyOf(spec);
  return {
    requestContext: {
      elb: {
        targetGroupArn:
          'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/lambda-279XGJDqGZ5rsrHC2Fjr/49e9d65c45c6791a',
      },
    },
    httpMethod: spec.method ?? 'GET',
    path,
    queryStringParameters: Object.fromEntries(
      query.split('&').flatMap((pair) => (pair ? [pair.split('=') as [string, string]] : [])),
    ),
    headers: { host: 'lambda-alb-123578498.us-east-1.elb.amazonaws.com', ...joined(spec.headers) },
    body: body?.toString('base64') ?? '',
    isBase64Encoded: body !== undefined,
  };
}

export const scheduled = {
  rule: {
    version: '0',
    id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '123456789012',
    time: '2015-10-08T16:53:06Z',
    region: 'us-east-1',
    resources: ['arn:aws:events:us-east-1:123456789012:rule/my-scheduled-rule'],
    detail: {},
  },
  scheduler: {
    version: '0',
    id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: '123456789012',
    time: '2015-10-08T16:53:06Z',
    region: 'us-east-1',
    resources: ['arn:aws:scheduler:us-east-1:123456789012:schedule/default/my-schedule'],
    detail: '{}',
  },
} as const;

export const unknown: readonly (readonly [string, unknown, string])[] = [
  ['an empty event', {}, 'an object without fields'],
  ['the test event of the console', { key1: 'value1', key2: 'value2', key3: 'value3' }, 'key1, key2, key3'],
  ['a list', [{ source: 'aws.events' }], 'a list'],
  ['nothing', null, 'nothing'],
  ['a text', 'run', 'a string'],
  [
    'an Amazon S3 event',
    { source: 'aws.s3', 'detail-type': 'Object Created', detail: {} },
    '"aws.s3 Object Created"',
  ],
  [
    'an EventBridge event of an unknown type',
    { source: 'aws.events', 'detail-type': 'Other' },
    '"aws.events Other"',
  ],
  ['a message of a queue', { Records: [{ eventSource: 'aws:sqs', body: '{}' }] }, 'Records'],
  [
    'a WebSocket’s message',
    { requestContext: { eventType: 'MESSAGE', connectionId: 'a=' } },
    'requestContext',
  ],
  [
    'an authorizer’s event in format 1.0',
    { ...restApi({ path: '/healthz' }), type: 'REQUEST', methodArn: 'arn:aws:execute-api:a' },
    'resource, path',
  ],
  [
    'an authorizer’s event in format 2.0',
    { ...formatV2({ path: '/healthz' }), type: 'REQUEST', routeArn: 'arn:aws:execute-api:a' },
    'version, routeKey',
  ],
];

function halves({ path: target }: RequestSpec): { path: string; query: string } {
  const [path = '', query = ''] = target.split('?');
  return { path, query };
}

/** Joins repeated header values with a comma, as API Gateway does. */
function joined(headers: RequestSpec['headers'] = []): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [name, value] of headers)
    record[name] = record[name] === undefined ? value : `${record[name]}, ${value}`;
  return record;
}

function parametersOf(resource: string, path: string): Record<string, string> | null {
  const names = [...resource.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name as string);
  if (names.length === 0) return null;
  const pattern = resource.replace(/\{\w+\+\}/g, '(.+)').replace(/\{\w+\}/g, '([^/]+)');
  const values = new RegExp(`^${pattern}$`).exec(path)?.slice(1) ?? [];
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]));
}
