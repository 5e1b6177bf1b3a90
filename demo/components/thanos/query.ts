import { deduplicationOf } from '../../../config/deduplication.ts';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { storeResponseTimeout } from '../../../config/thanos.ts';
import type { Connection } from '../../../console/index.ts';
import { thanosConnectionMetrics } from '../../../metrics/definitions/thanos-connections.ts';
import { select } from '../../../metrics/promql.ts';
import { type ComponentFactory, local } from '../../component.ts';
import { perSecond } from '../../connection-rates.ts';
import { address, listener, peer } from '../../network.ts';
import { places } from '../../places.ts';
import { lookbackDelta } from '../retention.ts';
import { graceArguments, readMethod, receivers, replicaLabels, thanosJobs } from './members.ts';

/** The querier merges the copies of each series, and serves the rules and alerts of the ruler. */
export const thanosQuery: ComponentFactory = (settings) => {
  const { ports } = settings;
  const endpoints = [...receivers.map(({ grpc }) => grpc), 'thanosRuleGrpc' as const];
  return {
    name: 'thanos-query',
    role: 'answers queries from the copies of all receivers',
    place: places.monitoring,
    target: { job: thanosJobs.query },
    connections: receivers.map(({ name, http }) => readOf(name, address(settings, http))),
    program: { kind: 'program', name: 'thanos' },
    args: [
      'query',
      `--http-address=${listener(settings, 'thanosQuery')}`,
      `--grpc-address=${listener(settings, 'thanosQueryGrpc')}`,
      ...graceArguments,
      ...endpoints.map((port) => `--endpoint=${address(settings, port)}`),
      ...Object.values(replicaLabels).map((label) => `--query.replica-label=${label}`),
      `--deduplication.func=${deduplicationOf(false)}`,
      `--store.response-timeout=${storeResponseTimeout}`,
      `--query.lookback-delta=${lookbackDelta}`,
      `--query.default-evaluation-interval=${scrapeIntervalSeconds.laptop}s`,
    ],
    ports: [ports.thanosQuery, ports.thanosQueryGrpc],
    url: local(ports.thanosQuery),
    healthUrl: peer(settings, 'thanosQuery', '/-/ready'),
    // After a failed connection, the querier waits five seconds before the next attempt.
    after: [...receivers.map(({ name }) => name), 'thanos-rule'],
    stopStage: 2,
  };
};

function readOf(receiver: string, instance: string): Connection {
  return {
    to: receiver,
    kind: 'requests',
    rate: perSecond(
      select(thanosConnectionMetrics.grpcHandled, {
        job: thanosJobs.receive,
        instance,
        grpc_method: readMethod,
      }),
    ),
    unit: 'reads/s',
  };
}
