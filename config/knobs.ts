/**
 * Values to tune, which several folders share: intervals, time limits and addresses. Thresholds of alerts are in
 * `rules/`, and settings of an environment are in `config/environments/`. The laptop has shorter times than production,
 * because a presenter wants to see an effect within a minute.
 */

/** Base URL of the public Binance P2P API, which the USDT exporter calls. */
export const binanceUrl = 'https://p2p.binance.com';

/** Time between two updates of the USDT rate, as a Prometheus duration. The alerts on an old rate use the same time. */
export const usdtRefresh = { production: '10m', laptop: '10s' } as const;

/**
 * Maximum ratio between a price and its reference, upwards or downwards. A price above this ratio is rejected. The
 * reference of an offer is the median of the page. The reference of the median is the last good rate.
 */
export const implausiblePriceFactor = 1.5;

/**
 * Time between two runs of the ETL, as a Prometheus duration. The alerts on a missing run use the same time. In an
 * environment, `functions.every` replaces the period of production.
 */
export const defaultBatchPeriod = { production: '1h', laptop: '1m' } as const;

/** Seconds between two scrapes of a target, and between two evaluations of a rule. */
export const scrapeIntervalSeconds = { laptop: 5, cluster: 30 } as const;

/** Seconds after which Prometheus aborts a scrape, at most the scrape interval. The default of Prometheus is 10 s. */
export const scrapeTimeoutSeconds = { laptop: scrapeIntervalSeconds.laptop, cluster: 10 } as const;

/**
 * Time that Prometheus or an agent has to send the rest of a remote-write queue before it removes the queue. A new
 * configuration can take this time twice, and no sample is stored during this time. Twice this time must therefore be
 * shorter than the scrape interval. The default of Prometheus is 1m.
 */
export const remoteWriteFlushDeadline = '10s';

/** Conversion of production durations into laptop durations. Alerts must fire sooner on the laptop. */
export const laptopDurations = {
  /** Divisor of every range. */
  rangeDivisor: 10,
  /** Minimum number of scrapes in a range, because a rate needs several samples. */
  rangeMinScrapes: 5,
  /** Divisor of every `for`. */
  forDivisor: 30,
  /** Maximum `for` on the laptop, in seconds. */
  forMaxSeconds: 15,
} as const;

/**
 * Share of the last 30 days in which an objective of `rules/slo.ts` must be met. With a higher share, alerts fire
 * sooner.
 */
export const sloObjectives = { freshness: 0.99, push: 0.99, exporter: 0.99 } as const;

/** Refresh interval of an open dashboard, in Grafana notation. */
export const dashboardRefresh = '30s';
