import type { Duration } from './duration.ts';

/** How often the things happen whose absence pages. Whoever configures them takes the figures from here. */
export const cadence = {
  /** The USDT exporter asks Binance P2P. */
  usdtRefresh: { production: '10m', laptop: '10s' },
  /** The ETL runs and reports through the Pushgateway; a cluster's environment may say another time. */
  batchRun: { production: '1h', laptop: '1m' },
} as const satisfies Record<string, Duration>;
