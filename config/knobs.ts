/**
 * Values to tune: intervals, windows and addresses that several folders share. Each has a unit and an effect. The
 * threshold of an alert is declared with its rule in `rules/`; the settings of an environment are in
 * `config/environments/`. Production and the laptop differ because a presenter wants to see an effect within a minute.
 */

/** Base URL of the public API of Binance P2P, which the USDT exporter calls. */
export const binanceUrl = 'https://p2p.binance.com';

/**
 * Time between two refreshes of the USDT rate, in Prometheus notation. The alerts on a stale rate use the same time.
 */
export const usdtRefresh = { production: '10m', laptop: '10s' } as const;

/**
 * A price this many times above or below the reference is refused. The reference of an offer is the page's median, the
 * reference of the median is the last good rate.
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
 * Seconds after which Prometheus aborts a scrape: 10 s is its default; the timeout must not exceed the scrape interval.
 */
export const scrapeTimeoutSeconds = { laptop: scrapeIntervalSeconds.laptop, cluster: 10 } as const;

/** Conversion of the durations of production into those of the laptop, where alerts must fire sooner. */
export const laptopDurations = {
  /** Ranges are divided by this number. */
  rangeDivisor: 10,
  /** Smallest number of scrapes in a range, because a rate needs several samples. */
  rangeMinScrapes: 5,
  /** The time for which a condition must hold is divided by this number. */
  forDivisor: 30,
  /** The longest time for which a condition must hold, in seconds. */
  forMaxSeconds: 15,
} as const;

/** Share of the time, over 30 days, in which each promise of `rules/slo.ts` holds. A higher share pages sooner. */
export const sloObjectives = { freshness: 0.99, push: 0.99, exporter: 0.99 } as const;

/** Time after which an open dashboard reads its panels again, in Grafana's notation. */
export const dashboardRefresh = '30s';
