import { batchJob, etlDagId } from '../config/topology.ts';

/** An entry of `inhibit_rules` in the configuration of Alertmanager. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels whose values must be equal on both alerts. */
  readonly equal?: readonly string[];
}

/** The source alert must always have the labels in `equal`, because Alertmanager treats two absent labels as equal. */
const silences = (source: string, target: string, equal: readonly string[]): InhibitRule => ({
  source_matchers: [`alertname=~"${source}"`],
  target_matchers: [`alertname=~"${target}"`],
  equal,
});

/**
 * The source alert inhibits every target alert, whatever labels the target alert has. Use this function only if an
 * environment runs a single instance of the program that the source alert watches.
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
  // If a NATS server hangs, its exporter does not answer either.
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
  // If Thanos stores no samples, it also stores no samples of the rulers.
  silencesAll('ThanosNothingStored', 'ThanosNothingRecorded'),
  // This entry is only for the platform's ETL job, whose labels are `job` and `dag_id`. Other jobs can push any labels,
  // and `equal` cannot list these labels in advance.
  {
    source_matchers: ['alertname=~"BatchDataStale"', `job="${batchJob}"`, `dag_id="${etlDagId}"`],
    target_matchers: ['alertname=~"BatchRunMissing|BatchRunFailed"'],
    equal: ['job', 'dag_id'],
  },
  // Without new samples, every alert on missing or old samples fires.
  silencesAll('PrometheusStoresNothing', 'TargetMissing|EdgeClusterSilent|UsdtRateMissing|FreshnessSlo.+'),
  silences('AlertmanagerDown', 'NotificationsFailing', ['instance']),
  // TargetDown is an alert of kube-prometheus-stack. The alerts of the platform are more precise.
  silences('NatsExporterDown|UsdtExporterDown|PushgatewayDown|BatchPusherDown', 'TargetDown', ['job']),
  silences('FreshnessSloBurningFast', 'FreshnessSloBurningSlow', ['slo', 'cluster']),
  silences('PushSloBurningFast', 'PushSloBurningSlow', ['slo']),
  silences('ExporterSloBurningFast', 'ExporterSloBurningSlow', ['slo']),
];
