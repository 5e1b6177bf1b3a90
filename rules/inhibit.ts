import { batchJob, etlDagId } from '../config/topology.ts';

/** An entry of `inhibit_rules` in the configuration of Alertmanager. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels whose values must be equal on both alerts. */
  readonly equal?: readonly string[];
}

/** `source` must always have the labels in `equal`, because Alertmanager treats two missing labels as equal. */
const silences = (source: string, target: string, equal: readonly string[]): InhibitRule => ({
  source_matchers: [`alertname=~"${source}"`],
  target_matchers: [`alertname=~"${target}"`],
  equal,
});

/**
 * While `source` fires, no `target` sends a notification, even if the labels of the alerts differ. Use this function
 * only if an environment has one instance of the program that `source` watches. With two instances, the fault of one
 * instance would also silence the alerts on the second instance.
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
  // If a NATS server hangs, the scrapes of its exporter fail too.
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
  silencesAll('ThanosNothingStored', 'ThanosNothingRecorded'),
  // While BatchDataStale fires for the ETL job of this project, Alertmanager suppresses BatchRunMissing and
  // BatchRunFailed for the ETL job. The setting `equal` compares the labels `job` and `dag_id` of two alerts. This
  // comparison is not enough, because Alertmanager treats two missing labels as equal. Example: another team has two batch
  // programs, A and B. The alerts for A and B have the same label `job` and no label `dag_id`. With `equal` alone,
  // BatchDataStale for A would also suppress BatchRunFailed for B. Therefore `source_matchers` requires the labels `job`
  // and `dag_id` of the ETL job.
  {
    source_matchers: ['alertname=~"BatchDataStale"', `job="${batchJob}"`, `dag_id="${etlDagId}"`],
    target_matchers: ['alertname=~"BatchRunMissing|BatchRunFailed"'],
    equal: ['job', 'dag_id'],
  },
  // If Prometheus stores no new samples, every alert on missing or old samples fires. PrometheusStoresNothing explains
  // these alerts.
  silencesAll('PrometheusStoresNothing', 'TargetMissing|EdgeClusterSilent|UsdtRateMissing|FreshnessSlo.+'),
  silences('AlertmanagerDown', 'NotificationsFailing', ['instance']),
  // TargetDown is an alert of kube-prometheus-stack on failed scrapes of any job. The platform alerts in this line are
  // more precise. While one of these alerts fires, TargetDown sends no notification for the same job.
  silences('NatsExporterDown|UsdtExporterDown|PushgatewayDown|BatchPusherDown', 'TargetDown', ['job']),
  silences('FreshnessSloBurningFast', 'FreshnessSloBurningSlow', ['slo', 'cluster']),
  silences('PushSloBurningFast', 'PushSloBurningSlow', ['slo']),
  silences('ExporterSloBurningFast', 'ExporterSloBurningSlow', ['slo']),
];
