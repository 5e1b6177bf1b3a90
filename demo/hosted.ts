import { binanceUrl } from '../config/knobs.ts';
import { clusters } from '../config/topology.ts';
import type { MapNode, TrafficCluster } from '../console/index.ts';
import { batchPusherMetrics } from '../metrics/definitions/batch-pusher.ts';
import { natsMetrics } from '../metrics/definitions/nats.ts';
import { select } from '../metrics/promql.ts';
import { local } from './component.ts';
import { perMinute, perSecond } from './connection-rates.ts';
import { places } from './places.ts';
import type { Settings } from './settings.ts';

/** A component inside the Node process of the console, or an external service such as the real Binance. */
export interface HostedComponent extends MapNode {
  /**
   * URL for a browser.
   * @default the component has no web page
   */
  readonly url?: string;
  /** @default false */
  readonly external?: boolean;
  /**
   * NATS cluster to which the component publishes messages.
   * @default none
   */
  readonly traffic?: TrafficCluster;
}

export function hostedComponents({ ports, liveRates, airflow }: Settings): readonly HostedComponent[] {
  const runs = perMinute(select(batchPusherMetrics.etlRuns));
  return [
    {
      name: 'console',
      role: 'the web page, the supervisor and the traffic of the pipeline',
      place: 'outside',
      url: local(ports.console),
      connections: airflow
        ? []
        : [{ to: 'batch-pusher', kind: 'requests', rate: runs, unit: 'runs/min', fetches: false }],
    },
    liveRates
      ? { name: 'binance', role: 'the real Binance P2P', place: 'outside', url: binanceUrl, external: true }
      : {
          name: 'binance-mock',
          role: 'answers like Binance P2P, in the console’s process',
          place: 'outside',
          url: local(ports.binanceMock),
        },
    shop('shop', 'nats', 'primary', places.nats),
    shop('edge-shop', 'edge-nats', 'edge', places.edge),
  ];
}

function shop(
  name: string,
  server: string,
  traffic: TrafficCluster,
  place: MapNode['place'],
): HostedComponent {
  const { cluster } = clusters[traffic];
  const rate = perSecond(select(natsMetrics.inMsgs, { cluster }));
  return {
    name,
    role: `publishes orders to the NATS of ${cluster} and bills them`,
    place,
    traffic,
    connections: [{ to: server, kind: 'messages', rate, unit: 'messages/s' }],
  };
}
