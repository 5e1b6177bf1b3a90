import { request } from 'undici';
import type { Fault, FaultContext } from './fault.ts';

const deadlineMs = 10_000;

/** One run at once, so that nobody waits for the schedule; a report that does not get through is part of some faults. */
async function run(
  { batchPusherUrl }: FaultContext,
  etl: { readonly failAt?: 'transform' } = {},
): Promise<void> {
  const { body } = await request(`${batchPusherUrl}/etl/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ records: 1000, durationSeconds: 1, ...etl }),
    signal: AbortSignal.timeout(deadlineMs),
  });
  await body.dump();
}

export const batchFailing: Fault = {
  name: 'batch-failing',
  title: 'The batch fails',
  description: 'Each run breaks in its transform stage and reports the failure.',
  alerts: [{ alert: 'BatchRunFailed' }],
  inject: async (context) => {
    context.setBatch('failing');
    await run(context, { failAt: 'transform' });
  },
  heal: async (context) => {
    context.setBatch('on');
    await run(context);
  },
};

export const batchStopped: Fault = {
  name: 'batch-stopped',
  title: 'The batch no longer runs',
  description:
    'Its scheduler is gone. Nothing fails and nothing is pushed: the last report ages in the Pushgateway.',
  alerts: [{ alert: 'BatchRunMissing' }],
  inject: async ({ setBatch }) => setBatch('off'),
  heal: async (context) => {
    context.setBatch('on');
    await run(context);
  },
};

export const pushgatewayKilled: Fault = {
  name: 'pushgateway-killed',
  title: 'The Pushgateway is killed',
  description:
    'It ends and stays away. Reports do not get through, and those of earlier runs are no longer scraped.',
  alerts: [{ alert: 'PushgatewayDown' }],
  inject: ({ stop }) => stop('pushgateway'),
  heal: async ({ start }) => start('pushgateway'),
};
