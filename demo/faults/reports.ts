import { etlDagId } from '../../config/topology.ts';
import type { EtlRun } from '../../console/index.ts';
import type { MetricDefinition } from '../../metrics/definition.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import type { Fault } from './fault.ts';

const quick = { records: 1000, durationSeconds: 1 } as const;
const job = 'inventory';

/** A fault that stops the schedule of the batch, and then starts one unusual run. */
function unusualRun(
  run: EtlRun,
  alert: string,
  rest: Pick<Fault, 'name' | 'title' | 'description' | 'cause'>,
): Fault {
  return {
    ...rest,
    area: 'batch',
    alerts: [{ alert, labels: { dag_id: etlDagId } }],
    allowed: [{ alert: 'BatchRunMissing' }, { alert: 'BatchDataStale' }],
    breaks: ['batch-pusher'],
    breaksWithAirflow: ['airflow-scheduler'],
    changes: 'the schedule of the batch',
    inject: async ({ holdBatch, runBatch }) => {
      // A scheduled run would end the alert early.
      await holdBatch('off');
      await runBatch(run);
    },
    restore: async ({ holdBatch, runBatch }) => {
      await holdBatch(undefined);
      await runBatch(quick);
    },
  };
}

const batchSlow = unusualRun({ records: 1000, durationSeconds: 10 }, 'BatchRunSlow', {
  name: 'batch-slow',
  title: 'The batch is slow',
  description: 'A run takes five times as long as usual, and succeeds.',
  cause: 'A slow data source, a full disk, or a machine with too many other jobs.',
});

const batchSmall = unusualRun({ records: 10, durationSeconds: 1 }, 'BatchVolumeLow', {
  name: 'batch-small',
  title: 'The batch has few records',
  description: 'A run extracts only ten records, and succeeds.',
  cause: 'An incomplete export from the data source, or a wrong filter.',
});

const sampleOf = ({ name, type }: MetricDefinition, value: number) =>
  `# TYPE ${name} ${type}\n${name} ${value}\n`;

const recordsLost: Fault = {
  name: 'records-lost',
  title: 'A job loses records',
  area: 'batch',
  description: `The job ${job} reports that it loaded fewer records than it transformed, and that it succeeded.`,
  cause: 'A rolled-back database transaction, or a job that ignores errors of the database.',
  alerts: [{ alert: 'BatchRecordsLost', labels: { job } }],
  breaks: ['pushgateway'],
  changes: `the group of the job ${job}`,
  outlivesPipeline: true,
  inject: ({ push }) =>
    push(job, `${sampleOf(batchMetrics.transformed, 1000)}${sampleOf(batchMetrics.loaded, 900)}`),
  restore: ({ push }) => push(job, undefined),
};

const dataStale: Fault = {
  name: 'data-stale',
  title: 'A job reports an old success',
  area: 'batch',
  description: `The job ${job} has a period of one minute, and its last successful run ended an hour ago.`,
  cause: 'A job that skips its work and still reports, or a data source without new data.',
  alerts: [{ alert: 'BatchDataStale', labels: { job } }],
  allowed: [{ alert: 'BatchRunMissing', labels: { job } }],
  breaks: ['pushgateway'],
  changes: `the group of the job ${job}`,
  outlivesPipeline: true,
  inject: ({ push }) => {
    const anHourAgo = Math.round(Date.now() / 1000) - 3600;
    const report = sampleOf(batchMetrics.periodSeconds, 60) + sampleOf(batchMetrics.lastSuccess, anHourAgo);
    return push(job, report);
  },
  restore: ({ push }) => push(job, undefined),
};

const reportRefused: Fault = {
  name: 'report-refused',
  title: 'The Pushgateway refuses a report',
  area: 'batch',
  description: `The report of the job ${job} has a metric with another type than in the reports of other jobs. The Pushgateway answers 400.`,
  cause: 'A new release of a job that changes the type of a metric.',
  alerts: [{ alert: 'PushRejected', labels: { job } }],
  breaks: ['pushgateway'],
  changes: `the group of the job ${job}`,
  outlivesPipeline: true,
  inject: async ({ push }) => {
    const report = sampleOf({ ...batchMetrics.extracted, type: 'counter' }, 1000);
    const refusal = await push(job, report).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (refusal === undefined) {
      throw new Error(
        'The fault cannot start before the first run of the batch. Wait for the next run of the batch, then inject the fault again.',
      );
    }
    if (!(refusal instanceof Error && /answered 400/.test(refusal.message))) throw refusal;
  },
  restore: ({ push }) => push(job, undefined),
};

export const reportFaults: readonly Fault[] = [batchSlow, batchSmall, recordsLost, dataStale, reportRefused];
