/**
 * This file contains values that you can tune, such as intervals and time limits. Times on the laptop are shorter than
 * in production, because a presenter wants to see an effect within a minute.
 */

export const binanceUrl = 'https://p2p.binance.com';

/**
 * Time between two updates of the USDT rate, as a Prometheus duration. The alerts on late updates compute their limits
 * from this time.
 */
export const usdtRefresh = { production: '10m', laptop: '10s' } as const;

/**
 * The USDT exporter rejects a price that is higher or lower than a reference price by this factor. An offer is compared
 * with the median price of all offers. The median is compared with the last good rate. Example: the median is 24 000
 * VND and the factor is 1.5. Then offers above 36 000 VND and offers below 16 000 VND are rejected.
 */
export const implausiblePriceFactor = 1.5;

/**
 * Default time between two runs of the ETL, as a Prometheus duration. The alerts on a missing run compute their limits
 * from this time. In an environment, the setting `functions.every` replaces the value `production`.
 */
export const defaultBatchPeriod = { production: '1h', laptop: '1m' } as const;

/** Seconds between two scrapes of a target, and between two evaluations of a rule. */
export const scrapeIntervalSeconds = { laptop: 5, cluster: 30 } as const;

/**
 * Seconds after which Prometheus aborts a scrape. The timeout cannot be longer than the scrape interval. The default of
 * Prometheus is 10 s.
 */
export const scrapeTimeoutSeconds = { laptop: scrapeIntervalSeconds.laptop, cluster: 10 } as const;

/**
 * A reload of Prometheus can remove a remote-write queue. Prometheus then sends the waiting samples of the queue, for
 * at most this time. The whole reload can wait twice this time: 20 s. Prometheus stores no samples during the wait. A
 * wait of more than 30 s, the scrape interval, would lose a scrape.
 */
export const remoteWriteFlushDeadline = '10s';

/**
 * On the laptop, a rule has shorter durations, because alerts must fire sooner. A range such as `5m` is divided by
 * `rangeDivisor`. The pending time (`for`) is divided by `forDivisor`, and is at most `forMaxSeconds`.
 */
export const laptopDurations = {
  rangeDivisor: 10,
  /** Shortest range, in scrape intervals. A range of one scrape interval has too few samples for a rate. */
  rangeMinScrapes: 5,
  forDivisor: 30,
  forMaxSeconds: 15,
} as const;

/** Share of the last 30 days in which an objective of `rules/slo.ts` must be met. */
export const sloObjectives = { freshness: 0.99, push: 0.99, exporter: 0.99 } as const;

export const dashboardRefresh = '30s';
