import { batchPusherMetrics, pushOutcomes, refusals } from '../../metrics/definitions/batch-pusher.ts';
import { processCollector, processMetrics } from '../../metrics/process.ts';
import { createRegistry } from '../../metrics/registry.ts';
import { build } from '../build-info.ts';
import { type FunctionDefinition, TaskError } from '../function.ts';
import { createApp } from './app.ts';
import { createPushgatewayClient } from './pushgateway.ts';
import { Runs } from './runs.ts';
import { readPusherConfig } from './settings.ts';

export const batchPusher: FunctionDefinition = {
  name: 'batch-pusher',
  defaultPort: 5001,
  create(env, { clock, log, createFetch, runtime }) {
    const { pushgateway, tokens, requestsPerSecond, etl } = readPusherConfig(env);
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
    const runs = new Runs({ metrics, pushgateway: client, clock });
    return {
      app: createApp({ registry, runs, clock, log, tokens, requestsPerSecond }),
      task: {
        name: 'etl',
        schedule: '0 */5 * * * *',
        async run(signal) {
          const { run, failure } = await runs.runEtl(etl, signal);
          if (failure) throw new TaskError(`nothing was pushed: ${failure.message}`, { temporary: true });
          if (run.status === 'failure')
            throw new TaskError(`the run failed at ${run.failedAt}; its report is pushed`);
          return { ...run };
        },
      },
      stop: async () => runs.interrupt(),
    };
  },
};
