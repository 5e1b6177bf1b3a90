import { binanceUrl, defaultBatchPeriod, usdtRefresh } from '../../config/knobs.ts';
import type { Connection } from '../../console/index.ts';
import { batchPusherMetrics } from '../../metrics/definitions/batch-pusher.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { seconds } from '../../metrics/duration.ts';
import { histogram, not, select } from '../../metrics/promql.ts';
import { functions, type SourceName } from '../../sources/index.ts';
import { type ComponentFactory, local } from '../component.ts';
import { perMinute, perSecond } from '../connection-rates.ts';
import { type PortName, peer } from '../network.ts';
import { placeOf } from '../places.ts';
import type { Settings } from '../settings.ts';

type Environment = Readonly<Record<string, string>>;

const environmentOf: Partial<Record<SourceName, (settings: Settings) => Environment>> = {
  usdtExporter: (settings) => {
    const { liveRates, outbound } = settings;
    return {
      ...outbound,
      USDT_UPSTREAM_URL: liveRates ? binanceUrl : peer(settings, 'binanceMock'),
      USDT_REFRESH_SECONDS: String(seconds(usdtRefresh[liveRates ? 'production' : 'laptop'])),
      USDT_UPSTREAM_TIMEOUT_SECONDS: liveRates ? '10' : '2',
    };
  },
  batchPusher: (settings) => ({
    PUSHGATEWAY_URL: peer(settings, 'pushgateway'),
    PUSH_TIMEOUT_SECONDS: '5',
    ETL_PERIOD_SECONDS: String(seconds(defaultBatchPeriod.laptop)),
  }),
};

const connections: Partial<Record<SourceName, (settings: Settings) => readonly Connection[]>> = {
  usdtExporter: ({ liveRates }) => [
    {
      to: liveRates ? 'binance' : 'binance-mock',
      kind: 'requests',
      rate: perMinute(select(histogram(usdtMetrics.fetchDuration, 'count'))),
      unit: 'requests/min',
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

export const functionComponents: readonly ComponentFactory[] = functions.map(
  ({ name, namespace, path, program }) =>
    (settings) => {
      const port = settings.ports[name as PortName];
      return {
        name: program.name,
        // A role on the map starts in lower case, such as `reads the DAGs`.
        role: program.description.charAt(0).toLowerCase() + program.description.slice(1),
        place: placeOf(namespace),
        source: name,
        connections: connections[name]?.(settings) ?? [],
        program: { kind: 'bundle', path: `dist/functions/${program.name}/server.cjs` },
        args: [],
        env: {
          HOST: settings.network.listen,
          PORT: String(port),
          ...program.laptopEnv,
          ...environmentOf[name]?.(settings),
        },
        ports: [port],
        url: local(port, path),
        healthUrl: peer(settings, name as PortName, '/healthz'),
      };
    },
);
