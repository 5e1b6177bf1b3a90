import * as z from 'zod';
import { webhook } from '../server/notifications.ts';
import type { Operation } from './operation.ts';

const labels = z.record(z.string(), z.string());

const documentedQuery = z.object({
  act: z.string(),
  expr: z.string(),
  shows: z.string(),
  series: z.array(z.object({ metric: labels, value: z.string().optional() })),
});

const notification = z.object({
  receivedAt: z.string(),
  status: z.enum(['firing', 'resolved']),
  alert: z.string(),
  labels,
  annotations: labels,
});

const passedOn = {
  path: '/api/prometheus/{path}',
  summary: 'A read-only request to the API of Prometheus',
  description:
    'Passes on the paths of queries, series, labels, metadata, rules, alerts, targets and the status, such as `/api/prometheus/api/v1/query?query=up`. The console bounds the time and the size of the answer.',
  answer: { description: 'The answer of Prometheus.', schema: z.unknown() },
  refusals: [404, 502],
} as const;

export const observationOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/events',
    summary: 'The live state as server-sent events',
    description:
      'Each event has the name of a section, such as `components` or `faults`, and its value as JSON.',
    answer: {
      description: 'The stream of events.',
      schema: z.string(),
      contentType: 'text/event-stream',
    },
    refusals: [429],
  },
  {
    method: 'get',
    path: '/api/queries',
    summary: 'The documented queries with their current values',
    answer: { description: 'The queries by act.', schema: z.array(documentedQuery) },
  },
  {
    method: 'get',
    path: '/api/notifications',
    summary: 'The last notifications of Alertmanager',
    answer: { description: 'At most a hundred, newest first.', schema: z.array(notification) },
  },
  {
    method: 'post',
    path: '/api/notifications',
    summary: 'Receive a notification of Alertmanager',
    body: { schema: webhook, required: true },
    answer: { description: 'The notification is stored.' },
    refusals: [400],
  },
  { method: 'get', ...passedOn },
  { method: 'post', ...passedOn },
  {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document',
    answer: { description: 'An OpenAPI 3.1 document.', schema: z.unknown() },
  },
];
