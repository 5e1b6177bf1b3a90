import type { Fault } from './fault.ts';

const quick = { records: 1000, durationSeconds: 1 } as const;
const schedule = 'the schedule of the batch';

const batchStopped: Fault = {
  name: 'batch-stopped',
  title: 'The batch no longer runs',
  area: 'batch',
  description:
    'The schedule starts no run. No run fails and no run pushes: the last report ages in the Pushgateway.',
  cause: 'A paused DAG, a suspended CronJob, or a scheduler that has ended.',
  alerts: [{ alert: 'BatchRunMissing' }],
  allowed: [{ alert: 'BatchDataStale' }],
  breaks: ['console'],
  breaksWithAirflow: ['airflow-scheduler'],
  changes: schedule,
  inject: ({ holdBatch }) => holdBatch('off'),
  restore: async ({ holdBatch, runBatch }) => {
    await holdBatch(undefined);
    await runBatch(quick);
  },
};

const batchFailing: Fault = {
  name: 'batch-failing',
  title: 'The batch fails',
  area: 'batch',
  description: 'Each run fails in its transform stage and reports the failure.',
  cause: 'A changed format of the source, a full disk, or a wrong release of the job.',
  alerts: [{ alert: 'BatchRunFailed' }],
  allowed: [{ alert: 'BatchDataStale' }, { alert: 'BatchRunMissing' }],
  breaks: ['batch-pusher'],
  breaksWithAirflow: ['airflow-scheduler'],
  changes: schedule,
  inject: async ({ holdBatch, runBatch }) => {
    await holdBatch('failing');
    await runBatch({ ...quick, failAt: 'transform' });
  },
  restore: async ({ holdBatch, runBatch }) => {
    await holdBatch(undefined);
    await runBatch(quick);
  },
};

const pushgatewayKilled: Fault = {
  name: 'pushgateway-killed',
  title: 'The Pushgateway is killed',
  area: 'batch',
  description:
    'The Pushgateway ends and is not restarted. New reports fail, and Prometheus no longer scrapes the reports of earlier runs.',
  cause: 'A node that is lost, an evicted pod, or a volume that cannot be mounted.',
  alerts: [{ alert: 'PushgatewayDown' }],
  allowed: [
    { alert: 'PushFailed' },
    { alert: 'PushSloBurningFast' },
    { alert: 'PushSloBurningSlow' },
    { alert: 'PushgatewayRestarted' },
    { alert: 'BatchRunMissing' },
    { alert: 'BatchDataStale' },
  ],
  breaks: ['pushgateway'],
  process: 'stopped',
  inject: ({ stop }) => stop('pushgateway'),
  restore: async ({ start }) => start('pushgateway'),
};

// `batchStopped` must be before `batchFailing`, because the restoration of `batchFailing` runs the batch.
// This run would delay the alert of `batchStopped`.
export const batchFaults: readonly Fault[] = [batchStopped, batchFailing, pushgatewayKilled];
