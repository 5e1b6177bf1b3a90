import { jobs, usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { processCollector, processMetrics } from '../../metrics/process.ts';
import { createRegistry } from '../../metrics/registry.ts';
import { createPushgatewayClient, PushError } from '../batch-pusher/pushgateway.ts';
import type { PushgatewayConfig } from '../batch-pusher/pushgateway-settings.ts';
import { build } from '../build-info.ts';
import { type FunctionDefinition, type Host, type Task, TaskError } from '../function.ts';
import { createApp } from './app.ts';
import { fetchPrices } from './binance.ts';
import { onDemand } from './on-demand.ts';
import { pushFailure, pushReading } from './push-rate.ts';
import { Rate } from './rate.ts';
import { Refresher } from './refresher.ts';
import { readExporterConfig } from './settings.ts';

export const usdtExporter: FunctionDefinition = {
  name: 'usdt-exporter',
  defaultPort: 5000,
  taskNeeds: 'PUSHGATEWAY_URL',
  create(env, host) {
    const { upstreamUrl, upstreamTimeoutMs, refreshMs, pushgateway } = readExporterConfig(env);
    const { clock, log, lifetime, runtime } = host;
    const registry = createRegistry({ ...usdtMetrics, ...processMetrics }, { collector: processCollector() });
    registry.metrics.buildInfo.set({ ...build, runtime }, 1);
    const upstream = {
      fetch: host.createFetch({ maxConnections: 2 }),
      url: upstreamUrl,
      timeoutMs: upstreamTimeoutMs,
      now: () => clock.now(),
    };
    const rate = new Rate({
      metrics: registry.metrics,
      fetchPrices: (side, signal) => fetchPrices(side, upstream, signal),
      clock,
      log,
    });
    const refresher = new Refresher({
      refresh: (signal) => rate.refresh(signal),
      intervalMs: refreshMs,
      clock,
    });
    const resident = lifetime === 'resident';
    return {
      app: createApp({
        registry,
        log,
        ready: () => !resident || refresher.attempted,
        ...(!resident && { prepare: onDemand({ refresher, lifetime, clock, hasValue: () => !!rate.last }) }),
      }),
      ...(pushgateway && { task: pushTask(pushgateway, rate, host) }),
      start: () => refresher.start(),
      stop: () => refresher.stop(),
    };
  },
};

function pushTask(pushgateway: PushgatewayConfig, rate: Rate, host: Host): Task {
  const client = createPushgatewayClient({ ...pushgateway, fetch: host.createFetch({ ca: pushgateway.ca }) });
  return {
    name: 'push-rate',
    schedule: '0 */10 * * * *',
    async run(signal) {
      try {
        const failure = await rate.refresh(signal).then(
          () => undefined,
          (error: Error) => error,
        );
        const reading = rate.last;
        if (failure || !reading) {
          await pushFailure(client, jobs.usdtExporter);
          throw new TaskError(`the rate could not be read: ${failure?.message}`, {
            temporary: true,
            cause: failure,
          });
        }
        await pushReading(client, jobs.usdtExporter, reading);
        return { rate: reading.rate };
      } catch (error) {
        if (!(error instanceof PushError)) throw error;
        throw new TaskError(`nothing was pushed: ${error.message}`, { temporary: true, cause: error });
      }
    },
  };
}
