import type { Hono } from 'hono';
import { batchPusherMetrics, pushOutcomes, refusals } from '../../metrics/definitions/batch-pusher.ts';
import { processCollector, processMetrics } from '../../metrics/process.ts';
import { createRegistry } from '../../metrics/registry.ts';
import { build } from '../build-info.ts';
import { type FunctionInstance, type Host, type Task, TaskError } from '../function.ts';
import { createPushgatewayClient } from '../pushgateway/client.ts';
import { failedPush } from '../pushgateway/failed-push.ts';
import { pusherRoutes } from './routes.ts';
import { type EtlRequest, Runs } from './runs.ts';
import type { PusherConfig } from './settings.ts';

export interface PusherDeps extends Host {
  readonly config: PusherConfig;
}

export function createApp(deps: PusherDeps): Hono {
  return createPusher(deps).app;
}

export function createPusher({ config, clock, log, runtime, createFetch }: PusherDeps): FunctionInstance {
  const { pushgateway, tokens, requestsPerSecond, etl, etlPeriodSeconds } = config;
  const registry = createRegistry(
    { ...batchPusherMetrics, ...processMetrics },
    { collector: processCollector() },
  );
  const { metrics } = registry;
  metrics.buildInfo.set({ ...build, runtime }, 1);
  for (const outcome of pushOutcomes) metrics.pushes.inc({ outcome }, 0);
  for (const reason of refusals) metrics.refused.inc({ reason }, 0);
  for (const status of ['success', 'failure']) metrics.etlRuns.inc({ status }, 0);

  const client = createPushgatewayClient({
    ...pushgateway,
    fetch: createFetch({ ca: pushgateway.ca }),
    onRetry: () => metrics.pushRetries.inc(),
  });
  const runs = new Runs({ metrics, pushgateway: client, clock, etlPeriodSeconds });
  return {
    app: pusherRoutes({ registry, runs, clock, log, tokens, requestsPerSecond }),
    task: etlTask(runs, etl),
    ...(tokens.length === 0 && {
      openTo: 'without API_TOKEN, every client in the network may push and run the ETL: set API_TOKEN',
    }),
    stop: async () => runs.interrupt(),
  };
}

function etlTask(runs: Runs, request: EtlRequest): Task {
  return {
    name: 'etl',
    schedule: '0 */5 * * * *',
    async run(signal) {
      const { run, failure } = await runs.runEtl(request, signal);
      if (failure) throw failedPush(failure);
      if (run.status === 'failure')
        throw new TaskError(
          `the ETL run failed in the stage "${run.failedAt}". The report of this failed run is in the Pushgateway`,
        );
      return { ...run };
    },
  };
}
