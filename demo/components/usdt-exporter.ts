import { cadence } from '../../metrics/cadence.ts';
import { seconds } from '../../metrics/duration.ts';
import { type ComponentFactory, local } from '../component.ts';

const realUpstream = 'https://p2p.binance.com';

/** Our exporter, as the bundle that also runs in a pod. */
export const usdtExporter: ComponentFactory = ({ ports, liveRates, outbound }) => ({
  name: 'usdt-exporter',
  role: `exposes the USDT/VND rate of ${liveRates ? 'Binance P2P' : 'a stand-in for Binance P2P'}`,
  program: { kind: 'bundle', path: 'dist/functions/usdt-exporter/server.cjs' },
  args: [],
  env: {
    ...outbound,
    HOST: '127.0.0.1',
    PORT: String(ports.usdtExporter),
    USDT_UPSTREAM_URL: liveRates ? realUpstream : local(ports.binanceStandIn),
    // The real one is asked as seldom as in production.
    USDT_REFRESH_SECONDS: String(seconds(cadence.usdtRefresh[liveRates ? 'production' : 'laptop'])),
    USDT_UPSTREAM_TIMEOUT_SECONDS: liveRates ? '10' : '2',
  },
  ports: [ports.usdtExporter],
  url: local(ports.usdtExporter, '/metrics'),
  healthUrl: local(ports.usdtExporter, '/healthz'),
});
