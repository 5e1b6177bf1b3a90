import * as z from 'zod';
import { etlBounds, etlStages } from '../../metrics/definitions/batch-pusher.ts';
import { type BatchRun, type BatchStatus, batchModes } from '../controls/batch.ts';
import { bounds } from './bounds.ts';
import type { Operation } from './operation.ts';

const { records, durationSeconds } = etlBounds;

export const etlRun = z.strictObject({
  records: z.int().min(records.min).max(records.max).describe('Records to generate.').optional(),
  durationSeconds: z
    .number()
    .min(durationSeconds.min)
    .max(durationSeconds.max)
    .describe('Minimum duration of the run in seconds.')
    .optional(),
  failAt: z.enum(etlStages).describe('The stage to fail.').optional(),
});

export const batchMode = z.strictObject({
  mode: z
    .enum(batchModes)
    .describe(
      'In the mode `off`, the schedule starts no runs. In the mode `failing`, every run of the schedule fails.',
    ),
});

const run = z.object({
  startedAt: z.number().describe('Unix time in milliseconds.'),
  by: z.enum(['schedule', 'hand']),
  state: z.enum(['running', 'success', 'failure', 'refused']),
  records: z.exactOptional(z.number()),
  failAt: z.exactOptional(z.enum(etlStages)),
  seconds: z.exactOptional(z.number()),
  error: z.exactOptional(z.string()),
}) satisfies z.ZodType<BatchRun>;

export const batchStatus = z.object({
  schedule: z.exactOptional(
    z
      .object({
        mode: z.enum(batchModes),
        held: z.exactOptional(z.enum(batchModes).describe('The mode that a fault enforces.')),
        periodSeconds: z.number(),
      })
      .describe('The field is absent if the console cannot change the schedule.'),
  ),
  runs: z.array(run).describe('The last runs, newest first.'),
  bounds: z.exactOptional(
    z
      .object({ records: bounds, durationSeconds: bounds })
      .describe('The field is absent if a run accepts no settings.'),
  ),
}) satisfies z.ZodType<BatchStatus>;

export const batchAnswer = z.object({
  status: z.int().describe('The HTTP status of the program that runs the batch.'),
  answer: z.string().describe('The body of its answer.'),
});

export const batchOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/batch',
    summary: 'The schedule and the last runs of the batch',
    answer: { description: 'The batch.', schema: batchStatus },
    refusals: [404, 503],
  },
  {
    method: 'post',
    path: '/api/batch',
    summary: 'Run the batch at once',
    description: 'The server answers after the end of the run. The HTTP status is 200 even if the run fails.',
    body: { schema: etlRun, required: false },
    answer: { description: 'The run has ended, or the runner has refused it.', schema: batchAnswer },
    refusals: [400, 404, 502, 503],
  },
  {
    method: 'put',
    path: '/api/batch/schedule',
    summary: 'Set the mode of the batch schedule',
    description: 'While a fault enforces a mode, the new mode applies after the restore.',
    body: { schema: batchMode, required: true },
    answer: { description: 'The mode has changed.' },
    refusals: [400, 404, 502, 503],
  },
];
