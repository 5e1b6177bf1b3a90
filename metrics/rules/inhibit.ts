/** An entry of Alertmanager's `inhibit_rules`. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels on which both agree; one that both lack agrees. */
  readonly equal?: readonly string[];
}

const sameCluster = ['cluster'] as const;
const silences = (source: string, target: string, equal: readonly string[] = []): InhibitRule => ({
  source_matchers: [`alertname=~"${source}"`],
  target_matchers: [`alertname=~"${target}"`],
  ...(equal.length > 0 && { equal }),
});

/** Which alert explains which: the target stays silent while the source fires. Used by laptop and cluster alike. */
export const inhibitRules: readonly InhibitRule[] = [
  silences(
    'EdgeClusterSilent',
    'TargetMissing|Nats.+|JetStream.+|RemoteWrite.+|Agent.+|PrometheusAgentDown|FreshnessSlo.+',
    sameCluster,
  ),
  silences('NatsExporterDown', 'FreshnessSlo.+', sameCluster),
  silences(
    'NatsServerDown',
    'NatsTrafficStopped|NatsConsumer.+|NatsConnectionsNearLimit|JetStream.+',
    sameCluster,
  ),
  silences('NatsConsumerStalled', 'NatsConsumerLagging', ['cluster', 'stream_name', 'consumer_name']),
  silences('UsdtExporterDown', 'UsdtRate.+|ExporterSlo.+'),
  silences('UsdtRateMissing|UsdtRateStale', 'ExporterSlo.+'),
  silences('PushgatewayDown', 'PushFailed|PushSlo.+|BatchRunMissing|BatchDataStale'),
  silences('BatchPusherDown', 'BatchRunMissing|BatchDataStale'),
  silences('BatchDataStale', 'BatchRunMissing|BatchRunFailed', ['dag_id']),
  silences('AlertmanagerDown', 'NotificationsFailing|AlertsDropped'),
  // The chart's own alert says the same with fewer words.
  silences('NatsExporterDown|UsdtExporterDown|PushgatewayDown|BatchPusherDown', 'TargetDown', ['job']),
  silences('FreshnessSloBurningFast', 'FreshnessSloBurningSlow', sameCluster),
  silences('PushSloBurningFast', 'PushSloBurningSlow'),
  silences('ExporterSloBurningFast', 'ExporterSloBurningSlow'),
];
