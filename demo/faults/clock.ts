import { batchMetrics } from '../../metrics/definitions/batch.ts';
import type { Fault } from './fault.ts';

const job = 'payroll';

function reportFromTheFuture(hours: number): string {
  const { success, lastSuccess } = batchMetrics;
  const now = Math.round(Date.now() / 1000);
  return [
    `# TYPE ${success.name} ${success.type}`,
    `${success.name} 1`,
    `# TYPE ${lastSuccess.name} ${lastSuccess.type}`,
    `${lastSuccess.name} ${now + hours * 3600}`,
    '',
  ].join('\n');
}

export const batchClockAhead: Fault = {
  name: 'batch-clock-ahead',
  title: 'The clock of a job is ahead',
  area: 'batch',
  description: `The job ${job} reports a future time as the time of its last success. Until that future time, the age of the success is negative. Therefore BatchDataStale cannot fire for the job.`,
  cause:
    'A machine without time synchronization, a wrong time zone, or a timestamp in milliseconds instead of seconds.',
  alerts: [{ alert: 'BatchClockAhead', labels: { job } }],
  breaks: ['pushgateway'],
  changes: `the group of the job ${job}`,
  intensity: {
    title: 'time by which the clock is ahead',
    unit: 'hours',
    min: 1,
    max: 48,
    step: 1,
    default: 6,
  },
  outlivesPipeline: true,
  inject: ({ push }, hours) => push(job, reportFromTheFuture(hours)),
  restore: ({ push }) => push(job, undefined),
};
