import * as z from 'zod';
import { alertingOperations } from './alerting.ts';
import { batchOperations } from './batch.ts';
import { componentOperations } from './components.ts';
import { dashboardOperations } from './dashboards.ts';
import { faultOperations } from './faults.ts';
import { observationOperations } from './observation.ts';
import { type Operation, refusals } from './operation.ts';
import { scheduleOperations } from './schedule.ts';
import { trafficOperations } from './traffic.ts';

const problemSchema = z.object({
  type: z.string().describe('Always about:blank: the status identifies the kind of problem.'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What is wrong, what is expected and what to do.'),
  field: z.string().describe('The invalid field of the request, such as `alerts[3].labels`.').optional(),
});

const operations: readonly Operation[] = [
  ...componentOperations,
  ...faultOperations,
  ...scheduleOperations,
  ...trafficOperations,
  ...batchOperations,
  ...alertingOperations,
  ...dashboardOperations,
  ...observationOperations,
];

const pathParameters: Readonly<Record<string, string>> = {
  name: 'Name of a component or of a fault.',
  cluster: 'primary or edge.',
  path: 'A path of the API of Prometheus.',
  id: 'Id of a silence.',
  uid: 'Uid of a dashboard.',
  alert: 'Name of an alert.',
  file: 'A path below docs/, such as architecture.md.',
};

export function openApiDocument(version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: described(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'console',
      version,
      description:
        'Shows and controls a running pipeline. By default, only this machine can reach the console. The console refuses requests of other web pages.',
    },
    servers: [{ url: 'http://127.0.0.1:3000' }],
    paths,
    components: { schemas: { Problem: z.toJSONSchema(problemSchema) } },
  };
}

function described({ path, summary, description, query = [], body, answer, refusals: own = [] }: Operation) {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return {
    summary,
    ...(description !== undefined && { description }),
    parameters: [
      ...named.map((name) => ({
        name,
        in: 'path',
        required: true,
        description: pathParameters[name],
        schema: { type: 'string' },
      })),
      ...query.map(({ name, description, schema }) => ({
        name,
        in: 'query',
        required: false,
        description,
        schema: z.toJSONSchema(schema, { io: 'input' }),
      })),
    ],
    ...(body && {
      requestBody: {
        required: body.required,
        content: { 'application/json': { schema: z.toJSONSchema(body.schema, { io: 'input' }) } },
      },
    }),
    responses: {
      ...(answer.schema
        ? {
            [answer.status ?? 200]: {
              description: answer.description,
              content: {
                [answer.contentType ?? 'application/json']: { schema: z.toJSONSchema(answer.schema) },
              },
            },
          }
        : { 204: { description: answer.description } }),
      ...Object.fromEntries(
        own.map((status) => [
          status,
          {
            description: refusals[status],
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  };
}
