import { batchPusherMetrics, pushOutcomes, refusals } from '../../metrics/definitions/batch-pusher.ts';
import { processCollector, processMetrics } from '../../metrics/process.ts';
import { createRegistry } from '../../metrics/registry.ts';
import { build } from '../build-info.ts';
import type { FunctionDefinition } from '../function.ts';
import { createApp } from './app.ts';
import { createPushgatewayClient } from './pushgateway.ts';
import { readPusherConfig } from './settings.ts';

export const batchPusher: FunctionDefinition = {
  name: 'batch-pusher',
  defaultPort: 5001,
  create(env, host) {
    const config = readPusherConfig(env);
    const registry = createRegistry(
      { ...batchPusherMetrics, ...processMetrics },
      { collector: processCollector() },
    );
    const { metrics } = registry;
    metrics.buildInfo.set({ ...build, runtime: host.runtime }, 1);
    for (const outcome of pushOutcomes) metrics.pushes.inc({ outcome }, 0);
    for (const reason of refusals) metrics.refused.inc({ reason }, 0);
    for (const status of ['success', 'failure']) metrics.etlRuns.inc({ status }, 0);
    const pushgateway = createPushgatewayClient({
      ...config.pushgateway,
      fetch: host.fetch,
      onRetry: () => metrics.pushRetries.inc(),
    });
    return { app: createApp({ registry, pushgateway, tokens: config.tokens, clock: host.clock }) };
  },
};
