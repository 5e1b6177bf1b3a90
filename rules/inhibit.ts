import { batchJob, etlDagId } from '../config/topology.ts';

/** An entry of `inhibit_rules` in the configuration of Alertmanager. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels whose values must be equal on both alerts. */
  readonly equal?: readonly string[];
}

/**
 * While `source` fires, `target` sends no notification if all labels in `equal` have the same values on the two alerts.
 * `source` must always have these labels. Otherwise `source` would also silence each `target` without these labels,
 * because Alertmanager treats two absent labels as equal.
 */
const silences = (source: string, target: string, equal: readonly string[]): InhibitRule => ({
  source_matchers: [`alertname=~"${source}"`],
  target_matchers: [`alertname=~"${target}"`],
  equal,
});

/**
 * While `source` fires, no `target` sends a notification. The labels of the alerts are not compared. Use this function
 * only if an environment has a single instance of the program that `source` watches. Otherwise the fault of one
 * instance would silence the alerts on other instances.
 */
const silencesAll = (source: string, target: string): InhibitRule => ({
  source_matchers: [`alertname=~"${source}"`],
  target_matchers: [`alertname=~"${target}"`],
});

/** While a source alert fires, its target alerts send no notification, because the source alert explains them. */
export const inhibitRules: readonly InhibitRule[] = [
  silences(
    'EdgeClusterSilent',
    'TargetMissing|Nats.+|JetStream.+|RemoteWrite.+|Agent.+|PrometheusAgentDown|FreshnessSlo.+',
    ['cluster'],
  ),
  silences('NatsExporterDown', 'FreshnessSlo.+', ['cluster']),
  silences(
    'NatsServerDown',
    'NatsTrafficStopped|NatsConsumer.+|NatsConnectionsNearLimit|JetStream.+|FreshnessSlo.+',
    ['cluster'],
  ),
  // If a NATS server hangs, scrapes of its exporter fail too. NatsServerDown then explains NatsExporterDown.
  silences('NatsServerDown', 'NatsExporterDown', ['cluster', 'job', 'instance']),
  silences('NatsConsumerStalled', 'NatsConsumerLagging', [
    'cluster',
    'account',
    'stream_name',
    'consumer_name',
  ]),
  silences('UsdtExporterDown', 'UsdtRateStale|UsdtRateMissing|UsdtRateJump|UsdtRateFrozen', ['job']),
  silencesAll('UsdtExporterDown|UsdtRateMissing|UsdtRateStale', 'ExporterSlo.+'),
  silencesAll('PushgatewayDown', 'PushFailed|PushSlo.+'),
  // If Thanos stores no samples at all, Thanos also stores no recorded samples from the rulers. ThanosNothingStored
  // then explains ThanosNothingRecorded.
  silencesAll('ThanosNothingStored', 'ThanosNothingRecorded'),
  // This entry is only for the platform's ETL job, whose labels are `job` and `dag_id`. Other jobs can push any labels,
  // and `equal` cannot list these labels in advance.
  {
    source_matchers: ['alertname=~"BatchDataStale"', `job="${batchJob}"`, `dag_id="${etlDagId}"`],
    target_matchers: ['alertname=~"BatchRunMissing|BatchRunFailed"'],
    equal: ['job', 'dag_id'],
  },
  // If Prometheus stores no new samples, every alert on missing or old samples fires. PrometheusStoresNothing explains
  // these alerts.
  silencesAll('PrometheusStoresNothing', 'TargetMissing|EdgeClusterSilent|UsdtRateMissing|FreshnessSlo.+'),
  silences('AlertmanagerDown', 'NotificationsFailing', ['instance']),
  // TargetDown is an alert of kube-prometheus-stack on failed scrapes. The platform alerts in this line silence
  // TargetDown, because the platform alerts are more precise.
  silences('NatsExporterDown|UsdtExporterDown|PushgatewayDown|BatchPusherDown', 'TargetDown', ['job']),
  silences('FreshnessSloBurningFast', 'FreshnessSloBurningSlow', ['slo', 'cluster']),
  silences('PushSloBurningFast', 'PushSloBurningSlow', ['slo']),
  silences('ExporterSloBurningFast', 'ExporterSloBurningSlow', ['slo']),
];
