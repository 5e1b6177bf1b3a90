import type { Fault } from './fault.ts';

const quick = { records: 1000, durationSeconds: 1 } as const;

export const batchFailing: Fault = {
  name: 'batch-failing',
  title: 'The batch fails',
  description: 'Each run fails in its transform stage and reports the failure.',
  alerts: [{ alert: 'BatchRunFailed' }],
  breaks: ['batch-pusher'],
  inject: async ({ setBatch, runBatch }) => {
    await setBatch('failing');
    await runBatch({ ...quick, failAt: 'transform' });
  },
  restore: async ({ setBatch, runBatch }) => {
    await setBatch('on');
    await runBatch(quick);
  },
};

export const batchStopped: Fault = {
  name: 'batch-stopped',
  title: 'The batch no longer runs',
  description:
    'Its scheduler is stopped. No run fails and no run pushes: the last report ages in the Pushgateway.',
  alerts: [{ alert: 'BatchRunMissing' }],
  breaks: ['console'],
  inject: ({ setBatch }) => setBatch('off'),
  restore: async ({ setBatch, runBatch }) => {
    await setBatch('on');
    await runBatch(quick);
  },
};

export const pushgatewayKilled: Fault = {
  name: 'pushgateway-killed',
  title: 'The Pushgateway is killed',
  description:
    'It ends and is not restarted. New reports fail, and Prometheus no longer scrapes the reports of earlier runs.',
  alerts: [{ alert: 'PushgatewayDown' }],
  breaks: ['pushgateway'],
  inject: ({ stop }) => stop('pushgateway'),
  restore: async ({ start }) => start('pushgateway'),
};
