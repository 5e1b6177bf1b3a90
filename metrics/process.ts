import { performance } from 'node:perf_hooks';
import { processMetrics } from './definitions/process.ts';
import type { Collector } from './registry.ts';

export { processMetrics };

/** Reads the values at most once a second, because a read takes longer than the rest of a scrape. */
export function processCollector(): Collector<typeof processMetrics> {
  const startedAt = Date.now() / 1000 - process.uptime();
  let utilization = performance.eventLoopUtilization();
  return {
    everyMs: 1000,
    collect(metrics) {
      const { user, system } = process.cpuUsage();
      const memory = process.memoryUsage();
      const since = utilization;
      utilization = performance.eventLoopUtilization();
      metrics.cpuSeconds.record((user + system) / 1e6);
      metrics.startTime.set(startedAt);
      metrics.residentMemory.set(memory.rss);
      metrics.heapUsed.set(memory.heapUsed);
      metrics.heapTotal.set(memory.heapTotal);
      metrics.eventLoopUtilization.set(performance.eventLoopUtilization(utilization, since).utilization);
    },
  };
}
