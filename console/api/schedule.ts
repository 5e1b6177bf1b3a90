import * as z from 'zod';
import { scheduleBounds, scheduleDefaults } from '../controls/bounds.ts';
import type { ScheduleStatus, ScheduleStep } from '../controls/schedule.ts';
import { bounds } from './bounds.ts';
import type { Operation } from './operation.ts';

const { every, length, hold, seed } = scheduleBounds;

export const scheduleOptions = z.strictObject({
  every: z
    .number()
    .min(every.min)
    .max(every.max)
    .describe('Seconds from the start of one fault to the start of the next fault.')
    .default(scheduleDefaults.every),
  length: z
    .number()
    .min(length.min)
    .max(length.max)
    .describe('Seconds from the start of the schedule to its end.')
    .default(scheduleDefaults.length),
  hold: z
    .number()
    .min(hold.min)
    .max(hold.max)
    .describe('Seconds that each fault lasts. Without it, half of `every`.')
    .optional(),
  seed: z
    .int()
    .min(seed.min)
    .max(seed.max)
    .describe('The same seed gives the same order of faults. Without it, a random seed.')
    .optional(),
});

const step = z.object({
  fault: z.string(),
  startsAt: z.number().describe('Unix time in milliseconds.'),
  state: z.enum(['due', 'injected', 'over', 'skipped']),
  error: z.exactOptional(z.string().describe('Why the step was skipped.')),
}) satisfies z.ZodType<ScheduleStep>;

export const scheduleStatus = z.object({
  running: z.boolean(),
  bounds: z.object({ every: bounds, length: bounds, hold: bounds, seed: bounds, steps: bounds }),
  plan: z.exactOptional(
    z.object({
      every: z.number(),
      length: z.number(),
      hold: z.number(),
      seed: z.number(),
      startedAt: z.number(),
      endsAt: z.number(),
      steps: z.array(step),
    }),
  ),
  waiting: z.exactOptional(
    z.string().describe('The next fault, if its injection waits for the end of the previous fault.'),
  ),
});

type Published = Omit<ScheduleStatus, 'bounds'>;
scheduleStatus satisfies z.ZodType<Published>;

export const scheduleOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/schedule',
    summary: 'The schedule of faults',
    answer: { description: 'The schedule that runs, or the last one.', schema: scheduleStatus },
    refusals: [404, 503],
  },
  {
    method: 'post',
    path: '/api/schedule',
    summary: 'Start a schedule of faults',
    description:
      'Injects one fault after another. The next fault waits until the previous fault is restored.',
    body: { schema: scheduleOptions, required: false },
    answer: { description: 'The schedule has started.', schema: scheduleStatus },
    refusals: [400, 404, 409, 503],
  },
  {
    method: 'delete',
    path: '/api/schedule',
    summary: 'Stop the schedule of faults',
    description: 'Also restores the fault that the schedule has injected.',
    answer: { description: 'No schedule runs.' },
    refusals: [404, 502, 503],
  },
];
