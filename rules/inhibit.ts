import { batchJob, etlDagId } from '../config/topology.ts';

/** An entry of Alertmanager's `inhibit_rules`. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels whose values must be equal on both alerts. Alertmanager treats a label that both alerts lack as equal. */
  readonly equal?: readonly string[];
}

/**
 * Inhibits a target alert if the source alert has the same values of the labels in `equal`. The source alert must
 * always have these labels, because Alertmanager treats a label that both alerts lack as equal.
 */
const silences = (source: string, target: string, equal: readonly string[]): InhibitRule => ({
  source_matchers: [`alertname=~"${source}"`],
  target_matchers: [`alertname=~"${target}"`],
  equal,
});

/**
 * Inhibits every target alert, for a source alert about a program that runs only once in an environment. The two alerts
 * have no common label.
 */
const silencesAll = (source: string, target: string): InhibitRule => ({
  source_matchers: [`alertname=~"${source}"`],
  target_matchers: [`alertname=~"${target}"`],
});

/**
 * Pairs of alerts: the source alert explains the target alerts. While the source alert fires, its target alerts send no
 * notification. The laptop and the cluster use the same list.
 */
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
  // While a NATS server hangs, its exporter does not answer either.
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
  // Without any sample, the rulers' samples are also missing.
  silencesAll('ThanosNothingStored', 'ThanosNothingRecorded'),
  // This entry covers only the environment's own batch. The groups of other jobs can have additional labels, such as a
  // region, and `equal` can only compare known labels.
  {
    source_matchers: ['alertname=~"BatchDataStale"', `job="${batchJob}"`, `dag_id="${etlDagId}"`],
    target_matchers: ['alertname=~"BatchRunMissing|BatchRunFailed"'],
    equal: ['job', 'dag_id'],
  },
  // Without new samples, every alert on missing or old samples fires.
  silencesAll('PrometheusStoresNothing', 'TargetMissing|EdgeClusterSilent|UsdtRateMissing|FreshnessSlo.+'),
  silences('AlertmanagerDown', 'NotificationsFailing', ['instance']),
  // TargetDown is the chart's alert for any target that is down. It is less exact than our own alerts.
  silences('NatsExporterDown|UsdtExporterDown|PushgatewayDown|BatchPusherDown', 'TargetDown', ['job']),
  silences('FreshnessSloBurningFast', 'FreshnessSloBurningSlow', ['slo', 'cluster']),
  silences('PushSloBurningFast', 'PushSloBurningSlow', ['slo']),
  silences('ExporterSloBurningFast', 'ExporterSloBurningSlow', ['slo']),
];
