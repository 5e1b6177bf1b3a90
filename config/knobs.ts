export const binanceUrl = 'https://p2p.binance.com';

/**
 * Time between two updates of the USDT rate, as a Prometheus duration. The alerts on late updates compute their limits
 * from this time.
 */
export const usdtRefresh = { production: '10m', laptop: '10s' } as const;

/**
 * A price is implausible if the price is above a reference × this factor, or below the reference ÷ this factor. The
 * USDT exporter checks two prices:
 * - The price of an offer: the reference is the median price of all offers.
 * - The median price: the reference is the last good rate.
 */
export const implausiblePriceFactor = 1.5;

/**
 * Default time between two runs of the ETL, as a Prometheus duration. The setting `functions.every` of an environment
 * overrides the value of the key `production`.
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
 * A reload that removes a remote-write queue can take twice this time. Prometheus stores no samples during the reload.
 * Therefore twice this time must be less than the scrape interval.
 */
export const remoteWriteFlushDeadline = '10s';

/** On the laptop, rules have shorter ranges and a shorter `for`, because alerts must fire sooner. */
export const laptopDurations = {
  rangeDivisor: 10,
  rangeMinScrapes: 5,
  forDivisor: 30,
  forMaxSeconds: 15,
} as const;

/** Minimum share of the last 30 days (laptop: 3 days) in which an objective of `rules/slo.ts` must be met. */
export const sloObjectives = { freshness: 0.99, push: 0.99, exporter: 0.99 } as const;

export const dashboardRefresh = '30s';
