import type { Hono } from 'hono';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { processCollector, processMetrics } from '../../metrics/process.ts';
import { createRegistry } from '../../metrics/registry.ts';
import { functionSources } from '../../sources/functions.ts';
import { build } from '../build-info.ts';
import { refreshingExporter } from '../exporter/refreshing-exporter.ts';
import { type FunctionInstance, type Host, type Task, TaskError } from '../function.ts';
import { createPushgatewayClient, PushError } from '../pushgateway/client.ts';
import { failedPush } from '../pushgateway/failed-push.ts';
import type { PushgatewayConfig } from '../pushgateway/settings.ts';
import { fetchPrices, maxAnswerBytes } from './binance.ts';
import { pushFailure, pushReading } from './push-rate.ts';
import { Rate } from './rate.ts';
import type { ExporterConfig } from './settings.ts';

const { job } = functionSources.usdtExporter;

export interface ExporterDeps extends Host {
  readonly config: ExporterConfig;
}

/** The exporter without background refreshes: a scrape starts a refresh. */
export function createApp(deps: ExporterDeps): Hono {
  return createExporter({ ...deps, lifetime: 'warm' }).app;
}

/** The exporter of the USDT/VND rate. The push task exists only with a configured Pushgateway. */
export function createExporter(deps: ExporterDeps): FunctionInstance {
  const { config, clock, log, runtime, createFetch } = deps;
  const registry = createRegistry({ ...usdtMetrics, ...processMetrics }, { collector: processCollector() });
  registry.metrics.buildInfo.set({ ...build, runtime }, 1);
  const upstream = {
    fetch: createFetch({ maxConnections: 2 }),
    url: config.upstreamUrl,
    timeoutMs: config.upstreamTimeoutMs,
    maxBytes: maxAnswerBytes,
    userAgent: `usdt-exporter/${build.version}`,
    now: () => clock.now(),
  };
  const rate = new Rate({
    metrics: registry.metrics,
    fetchPrices: (side, signal) => fetchPrices(side, upstream, signal),
    clock,
    log,
  });
  const exporter = refreshingExporter(
    {
      title: 'USDT exporter',
      registry,
      refresh: (signal) => rate.refresh(signal),
      hasValue: () => rate.last !== undefined,
      intervalMs: config.refreshMs,
    },
    deps,
  );
  return { ...exporter, ...(config.pushgateway && { task: pushTask(config.pushgateway, rate, deps) }) };
}

function pushTask(pushgateway: PushgatewayConfig, rate: Rate, { createFetch }: Host): Task {
  const client = createPushgatewayClient({ ...pushgateway, fetch: createFetch({ ca: pushgateway.ca }) });
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
          await pushFailure(client, job);
          throw new TaskError(`the exchange rate could not be read: ${failure?.message}`, {
            temporary: true,
            cause: failure,
          });
        }
        await pushReading(client, job, reading);
        return { rate: reading.rate };
      } catch (error) {
        if (!(error instanceof PushError)) throw error;
        throw failedPush(error);
      }
    },
  };
}
