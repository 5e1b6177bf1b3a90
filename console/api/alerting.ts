import * as z from 'zod';
import {
  type ActiveAlert,
  type AlertRule,
  type Incident,
  incidentSteps,
  type Silence,
  type SilenceMatcher,
  type Stale,
} from '../alerting.ts';
import type { Operation } from './operation.ts';

const longestSilenceSeconds = 24 * 3600;

const labels = z.record(z.string(), z.string());
const milliseconds = (what: string) => z.number().describe(`Unix time in milliseconds ${what}.`);
const otherAlert = z.object({ alert: z.string(), labels: z.exactOptional(labels) });

export const newSilence = z.strictObject({
  matchers: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'Expected the name of a label, such as alertname.')
          .max(200),
        value: z.string().max(1000),
        isRegex: z.boolean().default(false),
        isEqual: z.boolean().default(true),
      }),
    )
    .min(1)
    .max(30),
  durationSeconds: z.number().int().min(1).max(longestSilenceSeconds),
  comment: z.string().trim().min(1).max(500),
  createdBy: z.string().trim().min(1).max(100).default('console'),
});

export const silenceId = z.strictObject({
  id: z.uuid('Expected the id of a silence; GET /api/silences lists them.'),
});

export const incidentQuery = z.strictObject({
  alert: z.string().optional(),
  fault: z.string().optional(),
  since: z.coerce.number().int().nonnegative().optional(),
});

const stale = z.object({
  error: z.string(),
  since: z.exactOptional(milliseconds('of the last answer')),
}) satisfies z.ZodType<Stale>;

const rule = z.object({
  alert: z.string(),
  group: z.string(),
  intervalSeconds: z.number(),
  expr: z.string().describe('PromQL of the condition.'),
  forSeconds: z.number(),
  keepFiringForSeconds: z.number(),
  severity: z.string(),
  labels,
  summary: z.string(),
  description: z.string(),
  hasRunbook: z.boolean(),
  dashboard: z.exactOptional(z.string().describe('Uid of a dashboard.')),
  error: z.exactOptional(z.string().describe('Why Prometheus cannot evaluate the rule.')),
}) satisfies z.ZodType<AlertRule>;

const instance = z.object({
  alert: z.string(),
  labels,
  state: z.enum(['pending', 'firing']),
  value: z.string(),
  activeAt: milliseconds('of the first evaluation with a true condition'),
  severity: z.string(),
  summary: z.string(),
  description: z.string(),
  inhibitedBy: z.array(otherAlert),
  silencedBy: z.array(z.string()).describe('Ids of silences.'),
}) satisfies z.ZodType<ActiveAlert>;

const silence = z.object({
  id: z.string(),
  state: z.enum(['active', 'pending']),
  matchers: z.array(
    z.object({ name: z.string(), value: z.string(), isRegex: z.boolean(), isEqual: z.boolean() }),
  ) satisfies z.ZodType<readonly SilenceMatcher[]>,
  startsAt: milliseconds('of the start'),
  endsAt: milliseconds('of the end'),
  createdBy: z.string(),
  comment: z.string(),
}) satisfies z.ZodType<Silence>;

const alerts = z.object({
  alerts: z.array(
    z.object({
      ...rule.partial().required({ alert: true }).shape,
      state: z.enum(['inactive', 'pending', 'firing']),
      instances: z.array(instance),
    }),
  ),
  silences: z.array(silence),
  maySilence: z.boolean(),
  prometheus: z.exactOptional(stale),
  alertmanager: z.exactOptional(stale),
});

const step = z.enum(incidentSteps);

const incident = z.object({
  id: z.string(),
  alert: z.string(),
  labels,
  severity: z.string(),
  summary: z.string(),
  state: z.enum(['pending', 'firing', 'ended', 'resolved']),
  fault: z.exactOptional(
    z.object({
      name: z.string(),
      injectedAt: milliseconds('of the injection'),
      restoredAt: z.exactOptional(milliseconds('of the restore')),
    }),
  ),
  times: z
    .partialRecord(step, z.nullable(z.number()))
    .describe(
      'Unix time in milliseconds of each step. A step that has not happened is absent. The value is null if the time of a step is unknown.',
    ),
  seconds: z
    .partialRecord(step, z.number())
    .describe(
      'Seconds between each step and the previous step with a known time. The steps from `faultInjected` to `notified` and the steps from `faultRestored` to `resolved` are separate lists. The first known step of each list has no value. Negative durations are left out.',
    ),
  total: z.object({
    notified: z.exactOptional(z.number().describe('Seconds from the injection to the notification.')),
    resolved: z.exactOptional(
      z.number().describe('Seconds from the restore to the notification of the end.'),
    ),
  }),
  inhibitedBy: z.array(otherAlert),
  silencedBy: z.array(z.string()),
  unknownSince: z.exactOptional(milliseconds('of the last answer of Prometheus about this alert')),
  gaps: z.array(z.object({ from: z.number(), to: z.number() })),
}) satisfies z.ZodType<Incident>;

const text = z.object({ path: z.string(), markdown: z.string() });

export const alertingOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/alerts',
    summary: 'Every alert with its state, and the silences',
    answer: { description: 'The alerts.', schema: alerts },
  },
  {
    method: 'get',
    path: '/api/incidents',
    summary: 'The recorded incidents, newest first',
    query: [
      { name: 'alert', description: 'Name of an alert.', schema: z.string() },
      { name: 'fault', description: 'Name of the fault that caused the incident.', schema: z.string() },
      { name: 'since', description: 'Unix time in milliseconds.', schema: z.number() },
    ],
    answer: { description: 'The incidents with the time of each step.', schema: z.array(incident) },
    refusals: [400],
  },
  {
    method: 'get',
    path: '/api/silences',
    summary: 'The silences of Alertmanager',
    answer: { description: 'The silences.', schema: z.array(silence) },
    refusals: [502],
  },
  {
    method: 'post',
    path: '/api/silences',
    summary: 'Create a silence of at most 24 hours',
    body: { schema: newSilence, required: true },
    answer: { description: 'The silence is created.', status: 201, schema: z.object({ id: z.string() }) },
    refusals: [400, 404, 502],
  },
  {
    method: 'delete',
    path: '/api/silences/{id}',
    summary: 'End a silence',
    answer: { description: 'The silence has ended.' },
    refusals: [400, 404, 502],
  },
  {
    method: 'get',
    path: '/api/runbooks/{alert}',
    summary: 'The runbook of an alert',
    answer: { description: 'The Markdown of the runbook.', schema: text },
    refusals: [404],
  },
  {
    method: 'get',
    path: '/api/docs/{file}',
    summary: 'A page of the documentation',
    answer: { description: 'The Markdown of the page.', schema: text },
    refusals: [404],
  },
];
