import { binanceUrl, defaultBatchPeriod, usdtRefresh } from '../../config/knobs.ts';
import type { Connection } from '../../console/index.ts';
import { batchPusherMetrics } from '../../metrics/definitions/batch-pusher.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { seconds } from '../../metrics/duration.ts';
import { histogram, not, select } from '../../metrics/promql.ts';
import { functions, type SourceName } from '../../sources/index.ts';
import { type ComponentFactory, local } from '../component.ts';
import { perMinute, perSecond } from '../connection-rates.ts';
import { placeOf } from '../places.ts';
import type { Ports, Settings } from '../settings.ts';

type Environment = Readonly<Record<string, string>>;

/** Environment variables that depend on the settings of the run. */
const dependent: Partial<Record<SourceName, (settings: Settings) => Environment>> = {
  usdtExporter: ({ liveRates, outbound, ports }) => ({
    ...outbound,
    USDT_UPSTREAM_URL: liveRates ? binanceUrl : local(ports.binanceMock),
    // The exporter requests prices from the real Binance at the interval of production, from the mock more often.
    USDT_REFRESH_SECONDS: String(seconds(usdtRefresh[liveRates ? 'production' : 'laptop'])),
    USDT_UPSTREAM_TIMEOUT_SECONDS: liveRates ? '10' : '2',
  }),
  batchPusher: ({ ports }) => ({
    PUSHGATEWAY_URL: local(ports.pushgateway),
    PUSH_TIMEOUT_SECONDS: '5',
    ETL_PERIOD_SECONDS: String(seconds(defaultBatchPeriod.laptop)),
  }),
};

/** The connections that each function opens. */
const connections: Partial<Record<SourceName, (settings: Settings) => readonly Connection[]>> = {
  usdtExporter: ({ liveRates }) => [
    {
      to: liveRates ? 'binance' : 'binance-mock',
      kind: 'requests',
      rate: perMinute(select(histogram(usdtMetrics.fetchDuration, 'count'))),
      unit: 'requests/min',
      // A short window, because the edge shall recover soon after the upstream.
      failures: perSecond(select(usdtMetrics.fetchErrors)),
    },
  ],
  batchPusher: () => [
    {
      to: 'pushgateway',
      kind: 'push',
      rate: perMinute(select(batchPusherMetrics.pushes, { outcome: 'pushed' })),
      unit: 'pushes/min',
      failures: perMinute(select(batchPusherMetrics.pushes, { outcome: not('pushed') })),
    },
  ],
};

/** Our own functions, as the same bundles that run in a pod. */
export const functionComponents: readonly ComponentFactory[] = functions.map(
  ({ name, namespace, path, program }) =>
    (settings) => {
      const port = settings.ports[name as keyof Ports];
      return {
        name: program.name,
        // The other components begin with a lower-case letter.
        role: program.description.charAt(0).toLowerCase() + program.description.slice(1),
        place: placeOf(namespace),
        source: name,
        connections: connections[name]?.(settings) ?? [],
        program: { kind: 'bundle', path: `dist/functions/${program.name}/server.cjs` },
        args: [],
        env: { HOST: '127.0.0.1', PORT: String(port), ...program.laptopEnv, ...dependent[name]?.(settings) },
        ports: [port],
        url: local(port, path),
        healthUrl: local(port, '/healthz'),
      };
    },
);
