import { clusters } from '../config/topology.ts';
import { batchMetrics } from './definitions/batch.ts';
import { natsMetrics } from './definitions/nats.ts';
import { recorded } from './definitions/recorded.ts';
import { usdtMetrics } from './definitions/usdt.ts';
import { avgOverTime, deriv, type Expression, range, rate, render, select, sum } from './promql.ts';

/** A query that the demo script, the README and `npm run verify` use. */
export interface DocumentedQuery {
  readonly act: 'pull' | 'exporter' | 'federation' | 'push';
  readonly expr: string;
  readonly shows: string;
  /**
   * Values of the label `cluster` that the query result must contain.
   * @default none
   */
  readonly clusters?: readonly string[];
  /** Age in seconds that a series needs before the query returns a result for the series. */
  readonly warmUpSeconds?: number;
}

function documented(
  act: DocumentedQuery['act'],
  expr: Expression,
  shows: string,
  expected: Pick<DocumentedQuery, 'clusters' | 'warmUpSeconds'> = {},
): DocumentedQuery {
  return { act, expr: render(expr), shows, ...expected };
}

/** `primary` and `federated` are values of the label `cluster`. */
export function queriesOf(primary: string, federated: readonly string[]): readonly DocumentedQuery[] {
  const everyCluster = { clusters: [primary, ...federated] };
  return [
    documented(
      'pull',
      select(natsMetrics.connections, { cluster: primary }),
      'clients connected to the primary NATS',
      {
        clusters: [primary],
      },
    ),
    documented('pull', rate(range(select(natsMetrics.inMsgs), '5m')), 'messages received per second', {
      ...everyCluster,
      warmUpSeconds: 15,
    }),
    documented('pull', select(natsMetrics.outMsgs), 'messages delivered since the start', everyCluster),
    documented(
      'pull',
      select(recorded.totalStreams),
      'JetStream streams; a recording rule stores the metric of the exporter under this name',
      everyCluster,
    ),
    documented('exporter', select(usdtMetrics.rate), 'VND per USDT'),
    documented('exporter', select(usdtMetrics.lastUpdate), 'when the rate was last refreshed'),
    documented('exporter', select(usdtMetrics.fetchErrors), 'failed refreshes by reason'),
    documented(
      'exporter',
      deriv(range(select(usdtMetrics.rate), '1h')),
      'how fast the rate moves, in VND per second',
      {
        warmUpSeconds: 15,
      },
    ),
    documented(
      'federation',
      sum(select(natsMetrics.connections), ['cluster']),
      'connections of each cluster',
      everyCluster,
    ),
    ...federated
      .slice(0, 1)
      .map((edge) =>
        documented(
          'federation',
          select(natsMetrics.connections, { cluster: edge }),
          'connections of the cluster that only the agent scrapes',
          { clusters: [edge] },
        ),
      ),
    documented('push', select(batchMetrics.durationSeconds), 'how long the last run took'),
    documented('push', select(batchMetrics.recordsTotal), 'records of the last run'),
    documented('push', select(batchMetrics.extracted), 'records extracted'),
    documented('push', select(batchMetrics.loaded), 'records loaded'),
    documented(
      'push',
      avgOverTime(range(select(batchMetrics.success), '1h')),
      'share of the last hour in which the last run was a success',
    ),
  ];
}

export const documentedQueries = queriesOf(clusters.primary.cluster, [clusters.edge.cluster]);
