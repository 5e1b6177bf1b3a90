import * as z from 'zod';
import {
  type ComponentPage,
  type ComponentStatus,
  componentActions,
  type PipelineStatus,
} from '../controls.ts';
import { connectionKinds, type KeySeries, type Topology } from '../topology.ts';
import type { Operation } from './operation.ts';

const component = z.object({
  name: z.string(),
  state: z.enum(['starting', 'running', 'unhealthy', 'restarting', 'stopping', 'stopped']),
  pid: z.nullable(z.int()),
  url: z.exactOptional(z.string().describe('The address for a browser.')),
  rssBytes: z.number(),
  restarts: z.int(),
  role: z.string(),
  lastExit: z.exactOptional(
    z.string().describe('The exit code, signal or error of the last unexpected end of the component.'),
  ),
  hosted: z.exactOptional(
    z
      .boolean()
      .describe(
        'True if the component has no process or pod of its own. The actions of the console do not apply to such a component.',
      ),
  ),
}) satisfies z.ZodType<ComponentStatus>;

export const pipelineStatus = z.object({
  ready: z.boolean(),
  components: z.array(component),
  staleSince: z.exactOptional(
    z
      .number()
      .describe(
        'Unix time in milliseconds of the first failed query to Prometheus. The states in `components` are older than this time.',
      ),
  ),
}) satisfies z.ZodType<PipelineStatus>;

const keySeries = z.object({
  title: z.string(),
  expr: z.string().describe('PromQL of one series.'),
  unit: z.string(),
}) satisfies z.ZodType<KeySeries>;

const topology = z.object({
  nodes: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      place: z.union([z.literal('outside'), z.object({ cluster: z.string(), namespace: z.string() })]),
      job: z.exactOptional(z.string().describe('Value of the label `job` of its series.')),
      keySeries: z.array(keySeries),
    }),
  ),
  edges: z.array(
    z.object({
      id: z.string(),
      from: z.string(),
      to: z.string(),
      kind: z.enum(connectionKinds),
      fetches: z.boolean().describe('Whether the data flows from `to` to `from`, as in a scrape.'),
      unit: z.string(),
      rate: z.string().describe('PromQL of the rate.'),
      failures: z.exactOptional(
        z.string().describe('PromQL that returns a value above 0 if the connection fails.'),
      ),
    }),
  ),
  scrapeIntervalSeconds: z.number(),
  profile: z
    .enum(['laptop', 'production'])
    .describe('Whether the alerts have the short times of the laptop, or the times of production.'),
  portOffset: z.exactOptional(z.int().describe('Number that is added to all ports of the pipeline.')),
}) satisfies z.ZodType<Topology>;

export const componentAction = z
  .strictObject({
    action: z.enum(componentActions),
    for: z.exactOptional(
      z
        .int()
        .min(1)
        .max(120)
        .describe('Only for `kill`: the seconds until the component starts again. The default is at once.'),
    ),
  })
  .refine((body) => body.for === undefined || body.action === 'kill', {
    path: ['for'],
    error: 'Only the action kill has a duration. Remove the field `for`, or send the action kill.',
  });
const logLines = z.coerce.number().int().min(1).max(1000).default(100);
export const logQuery = z.object({ lines: logLines });

const componentPage = z.object({
  url: z.nullable(z.string()),
  opens: z
    .nullable(z.boolean())
    .describe(
      'Whether a page answers at `url`. Null if the console does not know, for example because the component does not run.',
    ),
}) satisfies z.ZodType<ComponentPage>;

export const componentOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/status',
    summary: 'The state of each component',
    answer: { description: 'The state of the pipeline.', schema: pipelineStatus },
  },
  {
    method: 'get',
    path: '/api/topology',
    summary: 'The nodes and edges of the map',
    answer: { description: 'The map.', schema: topology },
  },
  {
    method: 'get',
    path: '/api/components/{name}/log',
    summary: 'The last lines of the log of a component',
    query: [{ name: 'lines', description: 'Number of lines.', schema: logLines }],
    answer: { description: 'The lines, oldest first.', schema: z.object({ lines: z.array(z.string()) }) },
    refusals: [400, 404, 503],
  },
  {
    method: 'get',
    path: '/api/components/{name}/page',
    summary: 'Whether a browser can open the address of a component',
    answer: { description: 'The address, and whether it has a page.', schema: componentPage },
    refusals: [404],
  },
  {
    method: 'post',
    path: '/api/components/{name}',
    summary: 'Stop, start, restart or kill a component',
    body: { schema: componentAction, required: true },
    answer: { description: 'The action is done. A killed component is restarted.' },
    refusals: [400, 404, 409, 503],
  },
];
