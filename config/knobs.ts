/**
 * Values that you can tune, and that several folders use: intervals, time limits and addresses. Thresholds of alerts
 * are in `rules/`, and settings of an environment are in `config/environments/`. Times on the laptop are shorter than
 * in production, because a presenter wants to see an effect within a minute.
 */

/** Base URL of the public Binance P2P API, which the USDT exporter calls. */
export const binanceUrl = 'https://p2p.binance.com';

/** Time between two updates of the USDT rate, as a Prometheus duration. The alerts on an old rate use this time. */
export const usdtRefresh = { production: '10m', laptop: '10s' } as const;

/**
 * Maximum ratio of a price to its reference, or of the reference to the price. A price beyond this ratio is rejected.
 * For an offer, the reference is the median of its page. For the median, the reference is the last good rate.
 */
export const implausiblePriceFactor = 1.5;

/**
 * Time between two runs of the ETL, as a Prometheus duration. The alerts on a missing run use this time. In an
 * environment, `functions.every` replaces the production value.
 */
export const defaultBatchPeriod = { production: '1h', laptop: '1m' } as const;

/** Seconds between two scrapes of a target, and between two evaluations of a rule. */
export const scrapeIntervalSeconds = { laptop: 5, cluster: 30 } as const;

/** Seconds after which Prometheus aborts a scrape, at most the scrape interval. The default of Prometheus is 10 s. */
export const scrapeTimeoutSeconds = { laptop: scrapeIntervalSeconds.laptop, cluster: 10 } as const;

/**
 * Before Prometheus or an agent removes a remote-write queue, it sends the remaining samples for at most this time. The
 * default of Prometheus is 1m. A reload of the configuration can take twice this time. Prometheus stores no samples
 * during the reload, therefore twice this time must be shorter than the scrape interval.
 */
export const remoteWriteFlushDeadline = '10s';

/**
 * The rules on the laptop use shorter durations than in production, because alerts must fire sooner. These numbers
 * compute a laptop duration from the production duration.
 */
export const laptopDurations = {
  rangeDivisor: 10,
  /** Minimum of a range on the laptop, in scrape intervals. A rate needs several samples. */
  rangeMinScrapes: 5,
  forDivisor: 30,
  /** Maximum `for` on the laptop, in seconds. */
  forMaxSeconds: 15,
} as const;

/**
 * Share of the last 30 days in which an objective of `rules/slo.ts` must be met. A higher share makes alerts fire
 * sooner.
 */
export const sloObjectives = { freshness: 0.99, push: 0.99, exporter: 0.99 } as const;

/** Time between two refreshes of a dashboard, in Grafana notation. */
export const dashboardRefresh = '30s';
