import {
  discardReasons,
  fetchErrorReasons,
  type MarketSide,
  marketSides,
  type usdtMetrics,
} from '../../metrics/definitions/usdt.ts';
import type { Instruments } from '../../metrics/registry.ts';
import type { Clock } from '../clock.ts';
import { UpstreamError } from '../exporter/upstream.ts';
import type { Log } from '../log.ts';
import type { Page } from './binance.ts';
import type { Reading } from './push-rate.ts';
import { appraise, isFarFrom, type Quote } from './quote.ts';

export interface RateOptions {
  readonly metrics: Instruments<typeof usdtMetrics>;
  /** @throws UpstreamError */
  readonly fetchPrices: (side: MarketSide, signal: AbortSignal) => Promise<Page>;
  readonly clock: Clock;
  readonly log: Log;
}

const referenceMs = 3_600_000;

/** Reads the prices of the buy side and of the sell side, and sets the metrics of the exporter. */
export class Rate {
  readonly #options: RateOptions;
  #last: Reading | undefined;

  constructor(options: RateOptions) {
    this.#options = options;
    const { metrics } = options;
    metrics.up.set(0);
    // `increase` counts the first error only if the series starts at 0.
    for (const side of marketSides) {
      for (const reason of fetchErrorReasons) metrics.fetchErrors.inc({ side, reason }, 0);
      for (const reason of discardReasons) metrics.discarded.inc({ side, reason }, 0);
    }
  }

  get last(): Reading | undefined {
    return this.#last;
  }

  /** @throws UpstreamError if the buy side of the market has no usable prices */
  async refresh(signal: AbortSignal): Promise<void> {
    const { metrics, clock } = this.#options;
    const [buy, sell] = await Promise.allSettled([this.#read('buy', signal), this.#read('sell', signal)]);
    if (buy.status === 'rejected') {
      metrics.up.set(0);
      throw buy.reason;
    }
    const at = clock.now();
    const rate = buy.value.median;
    this.#last = {
      rate,
      at,
      quotes: { buy: buy.value, ...(sell.status === 'fulfilled' && { sell: sell.value }) },
    };
    metrics.rate.set(rate);
    metrics.lastUpdate.set(at / 1000);
    metrics.up.set(1);
  }

  async #read(side: MarketSide, signal: AbortSignal): Promise<Quote> {
    const { metrics, fetchPrices, log } = this.#options;
    const startedAt = performance.now();
    try {
      const page = await fetchPrices(side, signal).finally(() => {
        metrics.fetchDuration.observe({ side }, (performance.now() - startedAt) / 1000);
      });
      const quote = this.#plausible(page, side);
      metrics.offers.set({ side }, quote.offers);
      metrics.bestPrice.set({ side }, quote.best);
      metrics.medianPrice.set({ side }, quote.median);
      metrics.spread.set({ side }, quote.spread);
      return quote;
    } catch (error) {
      if (signal.aborted) throw error;
      const reason = error instanceof UpstreamError ? error.reason : 'malformed';
      metrics.fetchErrors.inc({ side, reason });
      log('warn', 'refresh failed', {
        side,
        reason,
        detail: error instanceof Error ? error.message : String(error),
      });
      throw error;
    }
  }

  #plausible(page: Page, side: MarketSide): Quote {
    const { metrics, clock } = this.#options;
    const { prices } = page;
    const { quote, discarded } = appraise(prices, side);
    for (const reason of [...page.discarded, ...discarded]) metrics.discarded.inc({ side, reason });
    if (!quote)
      throw new UpstreamError(
        'implausible',
        `none of ${prices.length} prices is plausible: a price must be above 0 and near the median of all prices`,
      );
    const reference = this.#last;
    if (reference && clock.now() - reference.at < referenceMs && isFarFrom(reference.rate, quote.median)) {
      throw new UpstreamError(
        'implausible',
        `the median ${quote.median} is too far from the last good rate ${reference.rate}`,
      );
    }
    return quote;
  }
}
