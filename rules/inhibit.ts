import { batchJob, etlDagId } from '../config/topology.ts';

/** An entry of Alertmanager's `inhibit_rules`. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels on which both alerts agree. A label that both alerts lack counts as equal for Alertmanager. */
  readonly equal?: readonly string[];
}

/**
 * The source inhibits a target with the same values of these labels. The source always has each of these labels.
 * Otherwise two alerts that both lack a label would match.
 */
const silences = (source: string, target: string, equal: readonly string[]): InhibitRule => ({
  source_matchers: [`alertname=~"${source}"`],
  target_matchers: [`alertname=~"${target}"`],
  equal,
});

/** The source is about a program that runs once in an environment. The targets share no label with the source. */
const silencesAll = (source: string, target: string): InhibitRule => ({
  source_matchers: [`alertname=~"${source}"`],
  target_matchers: [`alertname=~"${target}"`],
});

/**
 * The alerts that explain other alerts. While a source alert fires, its target alerts send no notification. Laptop and
 * cluster use the same list.
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
  // The exporter of a server that hangs does not answer.
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
  // The rule covers only the environment's own batch. The group of another job can have any label, such as a region,
  // and a rule cannot compare labels that it does not name.
  {
    source_matchers: ['alertname=~"BatchDataStale"', `job="${batchJob}"`, `dag_id="${etlDagId}"`],
    target_matchers: ['alertname=~"BatchRunMissing|BatchRunFailed"'],
    equal: ['job', 'dag_id'],
  },
  silences('AlertmanagerDown', 'NotificationsFailing', ['instance']),
  // TargetDown is the chart's alert for any target that is down, and is less exact than our alerts.
  silences('NatsExporterDown|UsdtExporterDown|PushgatewayDown|BatchPusherDown', 'TargetDown', ['job']),
  silences('FreshnessSloBurningFast', 'FreshnessSloBurningSlow', ['slo', 'cluster']),
  silences('PushSloBurningFast', 'PushSloBurningSlow', ['slo']),
  silences('ExporterSloBurningFast', 'ExporterSloBurningSlow', ['slo']),
];
