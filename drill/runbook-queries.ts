import { usdtRefresh } from '../config/knobs.ts';
import type { ExpectedAlert } from '../console/controls/faults.ts';
import { type Duration, multiple, type Profile, seconds } from '../metrics/duration.ts';
import { batchThresholds } from '../rules/batch.ts';
import { federationThresholds } from '../rules/federation.ts';
import { nearTimeout } from '../rules/selectors.ts';
import type { DurationThreshold } from '../rules/threshold.ts';
import { usdtThresholds } from '../rules/usdt.ts';
import { jobs } from '../sources/index.ts';
import type { Series } from '../verify/prometheus-api.ts';

type Comparison = `${'==' | '>' | '>=' | '<' | '<='} ${string}`;

/** A query from the runbook section "How to see that it is fixed", and its result during the fault. */
export interface RunbookQuery {
  readonly query: string;
  /** Lookback range in `query`. On the laptop, the drill replaces the production value with the laptop value. */
  readonly range?: Duration;
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Expected result while the fault is active. The drill examines only the series of the alert.
   * - `'nothing'`: no such series.
   * - A comparison, such as `> 0`: true for at least one such series.
   */
  readonly duringFault: 'nothing' | Comparison | Readonly<Record<Profile, Comparison>>;
}

const above = ({ value }: DurationThreshold): Readonly<Record<Profile, Comparison>> => ({
  production: `> ${seconds(value.production)}`,
  laptop: `> ${seconds(value.laptop)}`,
});

const threeRefreshes = multiple(3, usdtRefresh);

/** The keys are names of alerts. */
export const runbookQueries: Readonly<Record<string, RunbookQuery>> = {
  NatsServerDown: { query: 'nats_connz_num_connections', duringFault: 'nothing' },
  NatsConsumerStalled: {
    query: 'nats_consumer_num_pending{is_consumer_leader="true"}',
    duringFault: '> 0',
  },
  UsdtFetchFailing: { query: 'usdt_vnd_up', duringFault: '== 0' },
  EdgeClusterSilent: { query: 'cluster:up:age_seconds', duringFault: above(federationThresholds.silence) },
  BatchRunMissing: {
    query: 'time() - push_time_seconds',
    duringFault: '> on (job, dag_id) airflow_data_processing_period_seconds',
  },
  BatchRunFailed: { query: 'airflow_data_processing_success', duringFault: '== 0' },
  PushgatewayDown: { query: 'up{job="pushgateway"}', duringFault: '== 0' },
  NatsExporterDown: { query: 'up{job=~".+/nats"}', duringFault: '== 0' },
  UsdtRateJump: {
    query: 'max_over_time(usdt_vnd_rate[30m]) / min_over_time(usdt_vnd_rate[30m]) - 1',
    range: threeRefreshes,
    duringFault: '> 0.03',
  },
  UsdtRateImplausible: {
    query: 'sum(increase(usdt_vnd_fetch_errors_total[30m])) by (side, reason)',
    range: threeRefreshes,
    labels: { reason: 'implausible' },
    duringFault: '> 0',
  },
  UsdtMarketThin: { query: 'usdt_vnd_offers', duringFault: '< 5' },
  NatsTrafficStopped: {
    query: 'cluster:nats_varz_in_msgs:rate',
    duringFault: '< 0.05 * avg_over_time(cluster:nats_varz_in_msgs:rate[1h])',
  },
  UsdtRateStale: { query: 'time() - usdt_vnd_last_update', duringFault: above(usdtThresholds.stale) },
  UsdtRateMissing: { query: 'usdt_vnd_up', duringFault: '== 0' },
  BatchDataStale: {
    query: 'time() - airflow_data_processing_last_success_timestamp_seconds',
    duringFault: '> 3 * airflow_data_processing_period_seconds',
  },
  PrometheusConfigReloadFailed: {
    query: 'prometheus_config_last_reload_successful',
    labels: { job: jobs.prometheus },
    duringFault: '== 0',
  },
  AgentConfigReloadFailed: { query: 'prometheus_config_last_reload_successful', duringFault: '== 0' },
  BatchPusherDown: { query: 'up{job="batch-pusher"}', duringFault: '== 0' },
  BatchRecordsLost: { query: 'airflow_etl_load_records', duringFault: '< airflow_etl_transform_records' },
  BatchVolumeLow: {
    query: 'airflow_etl_extract_records',
    duringFault: '< 0.5 * avg_over_time(airflow_etl_extract_records[1d])',
  },
  BatchRunSlow: {
    query: 'airflow_data_processing_duration_seconds',
    duringFault: '> 2 * avg_over_time(airflow_data_processing_duration_seconds[1d])',
  },
  PushRejected: { query: 'push_failure_time_seconds', duringFault: '> push_time_seconds' },
  TargetMissing: { query: 'count(up) by (job, cluster)', duringFault: 'nothing' },
  EdgeCertificateExpiring: {
    query:
      '(certmanager_certificate_expiration_timestamp_seconds{name=~"edge-.+-client-tls|edge-.+-issuer"} - time()) / 86400',
    duringFault: '< 60',
  },
  CertificateExpiring: {
    query: '(certmanager_certificate_expiration_timestamp_seconds - time()) / 86400',
    duringFault: '< 7',
  },
  AlertmanagerDown: { query: 'up{job="kube-prometheus-stack-alertmanager"}', duringFault: '== 0' },
  ScrapeSlow: { query: 'topk(5, scrape_duration_seconds)', duringFault: above(nearTimeout()) },
  PrometheusStoresNothing: {
    query: 'up{job="kube-prometheus-stack-prometheus"}',
    duringFault: 'nothing',
  },
  UsdtExporterDown: { query: 'up{job="usdt-exporter"}', duringFault: '== 0' },
  BatchClockAhead: {
    query: 'airflow_data_processing_last_success_timestamp_seconds - push_time_seconds',
    duringFault: above(batchThresholds.clockAhead),
  },
  ScrapeNearSampleLimit: {
    query: 'topk(5, scrape_samples_post_metric_relabeling / (scrape_sample_limit > 0))',
    duringFault: '> 0.8',
  },
};

export interface Asked {
  readonly expr: string;
  readonly showsFault: (series: readonly Series[]) => boolean;
}

/** Returns the query that the drill sends. The function `showsFault` checks the result of this query. */
export function asked(
  { query: written, range, labels: required = {}, duringFault }: RunbookQuery,
  { labels: expected = {} }: ExpectedAlert,
  profile: Profile,
): Asked {
  const query = range ? written.replaceAll(`[${range.production}]`, `[${range[profile]}]`) : written;
  const labels = { ...expected, ...required };
  // A series can lack a label of the alert, because a query can remove labels.
  const ofAlert = ({ metric }: Series) =>
    Object.entries(labels).every(([name, value]) => (metric[name] ?? value) === value);
  if (duringFault === 'nothing') {
    return { expr: query, showsFault: (series) => !series.some(ofAlert) };
  }
  const comparison = typeof duringFault === 'string' ? duringFault : duringFault[profile];
  return { expr: `(${query}) ${comparison}`, showsFault: (series) => series.some(ofAlert) };
}
