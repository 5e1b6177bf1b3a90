export const binanceUrl = 'https://p2p.binance.com';

/** Time between two updates of the USDT rate. The alerts on late updates use this time. */
export const usdtRefresh = { production: '10m', laptop: '10s' } as const;

/** Example: with the factor 1.5 and a reference price of 30, prices above 45 or below 20 are implausible. */
export const implausiblePriceFactor = 1.5;

/** Time between two runs of the ETL. */
export const defaultBatchPeriod = { production: '1h', laptop: '1m' } as const;

/** Seconds between two scrapes of a target, and between two evaluations of a rule. */
export const scrapeIntervalSeconds = { laptop: 5, cluster: 30 } as const;

/**
 * Default timeout of Prometheus in seconds. The default is 10 s, or the scrape interval if the interval is shorter.
 * The configurations of the laptop and of the clusters set no scrape timeout.
 */
export const scrapeTimeoutSeconds = { laptop: scrapeIntervalSeconds.laptop, cluster: 10 } as const;

/** Must be below half of the scrape interval. A reload can block samples for twice the deadline. */
export const remoteWriteFlushDeadline = '10s';

/** On the laptop, rules have shorter ranges and a shorter `for`, because alerts must fire sooner. */
export const laptopDurations = {
  rangeDivisor: 10,
  rangeMinScrapes: 5,
  forDivisor: 30,
  forMaxSeconds: 15,
} as const;

/** Service level objectives as shares: 0.99 means 99 % of the time. */
export const sloObjectives = { freshness: 0.99, push: 0.99, exporter: 0.99 } as const;

export const dashboardRefresh = '30s';
