import { type MarketSide, marketSides, usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { createRegistry } from '../../metrics/registry.ts';
import type { PushgatewayClient } from '../pushgateway/client.ts';
import type { Quote } from './quote.ts';

/** No counters: a run can be a new process, in which every counter starts at 0. */
const { up, rate, lastUpdate, offers, bestPrice, medianPrice, spread } = usdtMetrics;
const pushedMetrics = { up, rate, lastUpdate, offers, bestPrice, medianPrice, spread };

export interface Reading {
  /** VND per USDT. */
  readonly rate: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly quotes: Readonly<Partial<Record<MarketSide, Quote>>>;
}

/**
 * Replaces the group of `job` with the current values.
 * @throws PushError
 */
export async function pushReading(client: PushgatewayClient, job: string, reading: Reading): Promise<void> {
  const registry = createRegistry(pushedMetrics);
  const { metrics } = registry;
  metrics.up.set(1);
  metrics.rate.set(reading.rate);
  metrics.lastUpdate.set(reading.at / 1000);
  for (const side of marketSides) {
    const quote = reading.quotes[side];
    if (!quote) continue;
    metrics.offers.set({ side }, quote.offers);
    metrics.bestPrice.set({ side }, quote.best);
    metrics.medianPrice.set({ side }, quote.median);
    metrics.spread.set({ side }, quote.spread);
  }
  await client.replace({ job }, registry);
}

/**
 * Pushes `up` with the value 0. The last good values stay in the Pushgateway.
 * @throws PushError
 */
export async function pushFailure(client: PushgatewayClient, job: string): Promise<void> {
  const registry = createRegistry({ up });
  registry.metrics.up.set(0);
  await client.add({ job }, registry);
}
