import { clusters } from '../config/topology.ts';

/** A query that the demo script, the README and the checks share. */
export interface DocumentedQuery {
  /** Who is shown by it, in the order of the four acts. */
  readonly act: 'pull' | 'exporter' | 'federation' | 'push';
  readonly expr: string;
  readonly shows: string;
  /** Clusters whose series must be among the result; omitted where the result carries no `cluster`. */
  readonly clusters?: readonly string[];
  /** Seconds that a series must exist before the query returns data. */
  readonly warmUpSeconds?: number;
}

const primary = clusters.primary.cluster;
const edge = clusters.edge.cluster;

/** Every query that must return data, on a laptop and in a cluster. */
export const documentedQueries: readonly DocumentedQuery[] = [
  {
    act: 'pull',
    expr: `nats_varz_connections{cluster="${primary}"}`,
    shows: 'clients connected to the primary NATS',
    clusters: [primary],
  },
  {
    act: 'pull',
    expr: 'rate(nats_varz_in_msgs[5m])',
    shows: 'messages received per second',
    clusters: [primary, edge],
    warmUpSeconds: 15,
  },
  {
    act: 'pull',
    expr: 'nats_varz_out_msgs',
    shows: 'messages delivered since the start',
    clusters: [primary, edge],
  },
  {
    act: 'pull',
    expr: 'nats_jetstream_varz_stats_total_streams',
    shows: 'JetStream streams, recorded from the exporter’s own name for them',
    clusters: [primary, edge],
  },
  { act: 'exporter', expr: 'usdt_vnd_rate', shows: 'VND per USDT' },
  { act: 'exporter', expr: 'usdt_vnd_last_update', shows: 'when the rate was last refreshed' },
  { act: 'exporter', expr: 'usdt_vnd_fetch_errors_total', shows: 'failed refreshes by reason' },
  {
    act: 'exporter',
    expr: 'deriv(usdt_vnd_rate[1h])',
    shows: 'how fast the rate moves, in VND per second',
    warmUpSeconds: 15,
  },
  {
    act: 'federation',
    expr: 'sum(nats_varz_connections) by (cluster)',
    shows: 'connections, cluster beside cluster',
    clusters: [primary, edge],
  },
  {
    act: 'federation',
    expr: `nats_varz_connections{cluster="${edge}"}`,
    shows: 'connections that only the agent has seen',
    clusters: [edge],
  },
  { act: 'push', expr: 'airflow_data_processing_duration_seconds', shows: 'how long the last run took' },
  { act: 'push', expr: 'airflow_data_processing_records_total', shows: 'records of the last run' },
  { act: 'push', expr: 'airflow_etl_extract_records', shows: 'records extracted' },
  { act: 'push', expr: 'airflow_etl_load_records', shows: 'records loaded' },
  {
    act: 'push',
    expr: 'avg_over_time(airflow_data_processing_success[1h])',
    shows: 'share of the last hour with a good last run',
  },
];
