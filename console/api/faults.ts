import * as z from 'zod';
import { faultSeconds } from '../controls/bounds.ts';
import type { ExpectedAlert, FaultStatus, IntensityScale } from '../controls/faults.ts';
import type { Operation } from './operation.ts';

export const faultOptions = z.strictObject({
  for: z
    .number()
    .min(faultSeconds.min)
    .max(faultSeconds.max)
    .describe('Seconds until the automatic end. Without it, the fault lasts until it is restored.')
    .optional(),
  intensity: z
    .number()
    .describe('A number within the scale `intensity` of the fault. Without it, the default of the scale.')
    .optional(),
});

const alert = z.object({
  alert: z.string(),
  labels: z.exactOptional(z.record(z.string(), z.string())),
}) satisfies z.ZodType<ExpectedAlert>;

const scale = z.object({
  title: z.string(),
  unit: z.string(),
  min: z.number(),
  max: z.number(),
  step: z.number(),
  default: z.number(),
}) satisfies z.ZodType<IntensityScale>;

const milliseconds = (what: string) =>
  z.exactOptional(z.number().describe(`Unix time in milliseconds ${what}.`));

export const faultStatus = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().describe('What the fault does to the pipeline.'),
  cause: z.exactOptional(z.string().describe('What causes the fault in production.')),
  area: z.exactOptional(z.string()),
  alerts: z.array(alert).describe('The alerts that fire within about a minute.'),
  allowed: z.exactOptional(z.array(alert).describe('Other alerts that may fire as a consequence.')),
  alone: z.exactOptional(z.boolean().describe('Whether the fault disturbs other faults.')),
  withoutNotifications: z.exactOptional(
    z.boolean().describe('True if Alertmanager sends no notifications during the fault.'),
  ),
  restartsEvaluator: z.exactOptional(
    z
      .boolean()
      .describe('Whether the end of the alerts is notified only about four minutes after the restore.'),
  ),
  breaks: z.array(z.string()).describe('Names of the components that the fault breaks.'),
  intensity: z.exactOptional(scale.describe('Missing if the fault has only one intensity.')),
  injected: z.boolean(),
  injectedAt: milliseconds('of the injection'),
  endsAt: milliseconds('of the automatic end'),
  injectedIntensity: z.exactOptional(z.number()),
  blockedBy: z.exactOptional(z.string().describe('An injected fault that excludes this fault.')),
  error: z.exactOptional(z.string().describe('Why the last injection or restore failed.')),
}) satisfies z.ZodType<FaultStatus>;

export const clearAnswer = z.object({ restored: z.array(z.string()) });

export const faultOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/faults',
    summary: 'Every fault that can be injected',
    answer: {
      description:
        'The list of faults. The list is empty while the pipeline starts, or if the pipeline offers no faults.',
      schema: z.array(faultStatus),
    },
  },
  {
    method: 'delete',
    path: '/api/faults',
    summary: 'Restore every fault',
    description: 'Also stops the schedule.',
    answer: { description: 'Names of the restored faults.', schema: clearAnswer },
    refusals: [404, 502, 503],
  },
  {
    method: 'get',
    path: '/api/faults/{name}',
    summary: 'One fault',
    answer: { description: 'The fault.', schema: faultStatus },
    refusals: [404, 503],
  },
  {
    method: 'post',
    path: '/api/faults/{name}',
    summary: 'Inject a fault',
    description:
      'A second injection extends the first: the later end counts. A second injection without `for` removes the end. A fault that stops or suspends a process is over when that process is started or killed.',
    body: { schema: faultOptions, required: false },
    answer: { description: 'The fault is injected.' },
    refusals: [400, 404, 409, 502, 503],
  },
  {
    method: 'delete',
    path: '/api/faults/{name}',
    summary: 'Restore a fault',
    answer: { description: 'The pipeline is restored.' },
    refusals: [404, 502, 503],
  },
];
