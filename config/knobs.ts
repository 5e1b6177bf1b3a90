/**
 * Values to tune: intervals, windows and addresses that several folders share. Each value has a unit and a known
 * effect. Thresholds of alerts are in `rules/`, and settings of an environment are in `config/environments/`. The
 * laptop has shorter times than production, because a presenter wants to see an effect within a minute.
 */

/** Base URL of the public API of Binance P2P, which the USDT exporter calls. */
export const binanceUrl = 'https://p2p.binance.com';

/** Time between two refreshes of the USDT rate, in Prometheus notation. The alerts on an old rate use the same time. */
export const usdtRefresh = { production: '10m', laptop: '10s' } as const;

/**
 * Largest plausible ratio between a price and its reference, in either direction. A price with a larger ratio is
 * refused. The reference of an offer is the median of the page. The reference of the median is the last good rate.
 */
export const implausiblePriceFactor = 1.5;

/**
 * Time between two runs of the ETL, in Prometheus notation. The alerts on a missing run use the same time. An
 * environment may set another period for production (`functions.every`).
 */
export const defaultBatchPeriod = { production: '1h', laptop: '1m' } as const;

/** Seconds between two scrapes of a target, and between two evaluations of a rule. A longer interval costs less. */
export const scrapeIntervalSeconds = { laptop: 5, cluster: 30 } as const;

/**
 * Seconds after which Prometheus aborts a scrape. 10 s is Prometheus' default. The timeout must not be longer than the
 * scrape interval.
 */
export const scrapeTimeoutSeconds = { laptop: scrapeIntervalSeconds.laptop, cluster: 10 } as const;

/**
 * Time for which a Prometheus or an agent in a cluster tries to send what a queue of remote write still holds, when a new
 * configuration removes the queue, or at its end. A new configuration takes two such times if the receiver is unreachable,
 * and nothing is stored meanwhile. Two such times must therefore be shorter than the scrape interval. The default is 1m.
 */
export const remoteWriteFlushDeadline = '10s';

/** Rules that convert the durations of production into the durations of the laptop, where alerts must fire sooner. */
export const laptopDurations = {
  /** Every range of production is divided by this number. */
  rangeDivisor: 10,
  /** Smallest number of scrapes that a range must contain, because a rate needs several samples. */
  rangeMinScrapes: 5,
  /** Every `for` of production is divided by this number. */
  forDivisor: 30,
  /** Longest `for` on the laptop, in seconds. */
  forMaxSeconds: 15,
} as const;

/**
 * Share of the last 30 days in which each objective of `rules/slo.ts` must be met. With a higher share, alerts page
 * sooner.
 */
export const sloObjectives = { freshness: 0.99, push: 0.99, exporter: 0.99 } as const;

/** Time between two refreshes of an open dashboard, in Grafana's notation. */
export const dashboardRefresh = '30s';
