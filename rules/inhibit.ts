import { batchJob, etlDagId } from '../config/topology.ts';

/** An entry of `inhibit_rules` in the configuration of Alertmanager. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels whose values must be equal on the source alert and on the target alert. */
  readonly equal?: readonly string[];
}

/** `source` must always have the labels in `equal`, because Alertmanager treats two missing labels as equal. */
const silences = (source: string, target: string, equal: readonly string[]): InhibitRule => ({
  source_matchers: [`alertname=~"${source}"`],
  target_matchers: [`alertname=~"${target}"`],
  equal,
});

/**
 * The rule compares no labels. Therefore an environment may have only one instance of the program that `source`
 * watches.
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
  // Alertmanager treats two missing labels as equal. Two batches of another team can have the same `job` and no
  // `dag_id`, and the alert of one batch would inhibit the alerts of the other batch. Therefore only an alert of the
  // ETL job can be the source alert.
  {
    source_matchers: ['alertname=~"BatchDataStale"', `job="${batchJob}"`, `dag_id="${etlDagId}"`],
    target_matchers: ['alertname=~"BatchRunMissing|BatchRunFailed"'],
    equal: ['job', 'dag_id'],
  },
  // If Prometheus stores no new samples, alerts on missing or old samples can fire. PrometheusStoresNothing explains
  // these alerts.
  silencesAll('PrometheusStoresNothing', 'TargetMissing|EdgeClusterSilent|UsdtRateMissing|FreshnessSlo.+'),
  silences('AlertmanagerDown', 'NotificationsFailing', ['instance']),
  // TargetDown of kube-prometheus-stack fires after failed scrapes of any job. A platform alert for the same job is
  // more precise, and therefore inhibits TargetDown.
  silences('NatsExporterDown|UsdtExporterDown|PushgatewayDown|BatchPusherDown', 'TargetDown', ['job']),
  silences('FreshnessSloBurningFast', 'FreshnessSloBurningSlow', ['slo', 'cluster']),
  silences('PushSloBurningFast', 'PushSloBurningSlow', ['slo']),
  silences('ExporterSloBurningFast', 'ExporterSloBurningSlow', ['slo']),
];
