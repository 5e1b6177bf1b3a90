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
 * from the time between two runs. In each environment, `functions.every` replaces the default time of `production`, also
 * in these limits. The rules in docs/reference/alerts.md belong to no environment, therefore they use the default time.
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
 * A reload of the configuration can remove a remote-write queue. Prometheus then tries to send the remaining samples of
 * the queue for at most `remoteWriteFlushDeadline`. After the samples, Prometheus tries to send the metadata of the
 * queue, again for at most `remoteWriteFlushDeadline`. Prometheus stores no new samples until the reload ends. Therefore
 * twice `remoteWriteFlushDeadline` must be less than the scrape interval.
 */
export const remoteWriteFlushDeadline = '10s';

/** On the laptop, rules have shorter ranges and a shorter `for`, because alerts must fire sooner. */
export const laptopDurations = {
  rangeDivisor: 10,
  rangeMinScrapes: 5,
  forDivisor: 30,
  forMaxSeconds: 15,
} as const;

/** Share of the last 30 days in which an objective of `rules/slo.ts` must be met. */
export const sloObjectives = { freshness: 0.99, push: 0.99, exporter: 0.99 } as const;

export const dashboardRefresh = '30s';
