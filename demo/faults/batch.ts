import type { Fault } from './fault.ts';

const quick = { records: 1000, durationSeconds: 1 } as const;

export const batchFailing: Fault = {
  name: 'batch-failing',
  title: 'The batch fails',
  description: 'Each run breaks in its transform stage and reports the failure.',
  alerts: [{ alert: 'BatchRunFailed' }],
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
    'Its scheduler is gone. Nothing fails and nothing is pushed: the last report ages in the Pushgateway.',
  alerts: [{ alert: 'BatchRunMissing' }],
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
    'It ends and stays away. Reports do not get through, and those of earlier runs are no longer scraped.',
  alerts: [{ alert: 'PushgatewayDown' }],
  inject: ({ stop }) => stop('pushgateway'),
  restore: async ({ start }) => start('pushgateway'),
};
