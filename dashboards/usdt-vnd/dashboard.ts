import { board } from '../board.ts';
import * as exporter from './exporter.ts';
import * as market from './market.ts';
import * as overview from './overview.ts';
import * as refreshes from './refreshes.ts';

export const usdtDashboard = board({
  uid: 'usdt-vnd',
  title: 'USDT/VND',
  fileName: 'usdt-vnd-dashboard.json',
  description: 'The rate of Binance P2P, its refreshes, and whether it is plausible.',
  overview: (thresholds) => [
    overview.rateNow(),
    overview.rateAge(thresholds),
    overview.refreshState(),
    overview.volatility(),
    overview.margin(),
    overview.rateOverTime(),
  ],
  rows: (thresholds) => ({
    Market: [
      market.prices(),
      market.spreads(),
      market.relativeSpread(),
      market.offersSeen(thresholds),
      market.trend(),
    ],
    Refreshes: [
      refreshes.refreshHistory(),
      refreshes.errors(),
      refreshes.latency(),
      refreshes.refreshes(),
      refreshes.exporterSlo(),
    ],
    Exporter: [exporter.exporterMemory(), exporter.exporterCpu()],
  }),
});
