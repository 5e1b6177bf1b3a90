import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { processCollector, processMetrics } from '../../metrics/process.ts';
import { createRegistry } from '../../metrics/registry.ts';
import { build } from '../build-info.ts';
import type { FunctionDefinition } from '../function.ts';
import { createApp } from './app.ts';
import { fetchPrices } from './binance.ts';
import { Rate } from './rate.ts';
import { Refresher } from './refresher.ts';
import { readExporterConfig } from './settings.ts';

/** Left of a scrape's timeout for the answer's way back. */
const scrapeMarginMs = 500;
/** How long a scrape waits for a first value when it names no timeout: Prometheus's default is 10 s. */
const defaultPatienceMs = 5000;

export const usdtExporter: FunctionDefinition = {
  name: 'usdt-exporter',
  defaultPort: 5000,
  create(env, host) {
    const config = readExporterConfig(env);
    const { clock, log } = host;
    const registry = createRegistry({ ...usdtMetrics, ...processMetrics }, { collector: processCollector() });
    registry.metrics.buildInfo.set({ ...build, runtime: host.runtime }, 1);
    const upstream = {
      fetch: host.fetch,
      url: config.upstreamUrl,
      timeoutMs: config.upstreamTimeoutMs,
      now: clock.now,
    };
    const rate = new Rate({
      metrics: registry.metrics,
      fetchPrices: (side, signal) => fetchPrices(side, upstream, signal),
      clock,
      log,
    });
    const refresher = new Refresher({
      refresh: (signal) => rate.refresh(signal),
      intervalMs: config.refreshMs,
      clock,
    });

    const onDemand = (scrapeTimeoutMs: number | undefined) => {
      const refreshed = refresher.refreshIfDue();
      // A value that is there is served at once, however old: its age is a metric.
      if (rate.last) return undefined;
      const patience = scrapeTimeoutMs ? Math.max(0, scrapeTimeoutMs - scrapeMarginMs) : defaultPatienceMs;
      return Promise.race([refreshed, new Promise((resolve) => clock.after(patience, () => resolve(false)))]);
    };

    return {
      app: createApp({
        registry,
        ready: () => !host.background || refresher.attempted,
        ...(!host.background && { prepare: onDemand }),
      }),
      start: () => refresher.start(),
      stop: () => refresher.stop(),
    };
  },
};
