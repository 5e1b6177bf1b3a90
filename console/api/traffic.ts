import * as z from 'zod';
import { trafficBounds } from '../controls/bounds.ts';
import { type TrafficStatus, trafficClusters, trafficModes } from '../controls/traffic.ts';
import { bounds } from './bounds.ts';
import type { Operation } from './operation.ts';

const { rate, size, clients, burst } = trafficBounds;

export const trafficChange = z.strictObject({
  rate: z.number().min(rate.min).max(rate.max).describe('Messages a second.').optional(),
  size: z.int().min(size.min).max(size.max).describe('Bytes of a message.').optional(),
  clients: z
    .int()
    .min(clients.min)
    .max(clients.max)
    .describe('Connections that publish. One more connection consumes.')
    .optional(),
  mode: z.enum(trafficModes).describe('off stops the publishers.').optional(),
});

export const burstBody = z.strictObject({
  cluster: z.enum(trafficClusters).optional(),
  messages: z
    .int()
    .min(burst.min)
    .max(burst.max)
    .describe('Without it, as many messages as a burst may have.')
    .optional(),
});

export const trafficStatus = z.object({
  cluster: z.string().describe('Value of the label `cluster`.'),
  rate: z.number(),
  size: z.number(),
  clients: z.number(),
  mode: z.enum(trafficModes),
  stalled: z.boolean().describe('Whether a fault stalls the consumer.'),
  connected: z.number().describe('Connections that are open now, the consumer included.'),
  published: z.number().describe('Messages a second that the server has accepted within the last seconds.'),
  bounds: z.object({
    rate: bounds,
    size: bounds,
    clients: bounds,
    bytesPerSecond: bounds.describe('Bounds of rate times size.'),
    burst: bounds,
  }),
}) satisfies z.ZodType<Omit<TrafficStatus, 'bounds'>>;

export const burstAnswer = z.object({
  published: z.number().describe('Messages that the server has accepted.'),
});

export const trafficOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/traffic/{cluster}',
    summary: 'The traffic of a cluster',
    answer: { description: 'Rate, size, connections and their bounds.', schema: trafficStatus },
    refusals: [404, 503],
  },
  {
    method: 'put',
    path: '/api/traffic/{cluster}',
    summary: 'Change the traffic of a cluster',
    description: 'A field that is missing in the request keeps its value.',
    body: { schema: trafficChange, required: true },
    answer: { description: 'The changed traffic.', schema: trafficStatus },
    refusals: [400, 404, 503],
  },
  {
    method: 'post',
    path: '/api/traffic/burst',
    summary: `Publish up to ${trafficBounds.burst.max} messages at once`,
    description: 'A request during a burst waits for that burst.',
    body: { schema: burstBody, required: false },
    answer: { description: 'The messages are published.', schema: burstAnswer },
    refusals: [400, 404, 502, 503],
  },
];
