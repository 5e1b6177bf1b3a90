import { type ComponentFactory, local } from '../component.ts';

const searchPath = '/bapi/c2c/v2/friendly/c2c/adv/search';
const realUpstream = `https://p2p.binance.com${searchPath}`;

/** Our exporter, as the bundle that also runs in a pod. */
export const usdtExporter: ComponentFactory = ({ ports, liveRates }) => ({
  name: 'usdt-exporter',
  role: `exposes the USDT/VND rate of ${liveRates ? 'Binance P2P' : 'a stand-in for Binance P2P'}`,
  program: { kind: 'bundle', path: 'dist/functions/usdt-exporter/server.cjs' },
  args: [],
  env: {
    HOST: '127.0.0.1',
    PORT: String(ports.usdtExporter),
    USDT_UPSTREAM_URL: liveRates ? realUpstream : local(ports.binanceStandIn, searchPath),
    // The real one is asked as seldom as in production.
    USDT_REFRESH_SECONDS: liveRates ? '600' : '10',
    USDT_UPSTREAM_TIMEOUT_SECONDS: liveRates ? '10' : '2',
  },
  ports: [ports.usdtExporter],
  url: local(ports.usdtExporter, '/metrics'),
  healthUrl: local(ports.usdtExporter, '/healthz'),
});
