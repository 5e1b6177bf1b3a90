const needsLoad = 'A fault would need more load than a laptop should have.';
const needsDamage =
  'A fault would have to damage the files of a running program, and stored samples would be lost.';
const afterRestore = (fault: string) =>
  `The alert fires after the end of ${fault}, and only explains the restart.`;
const burns = (fault: string) =>
  `The fault ${fault} burns the error budget, but does not always raise this alert. This alert depends on all failures of the last hours, and therefore also on the earlier faults of the drill.`;

/** The keys are alerts that no fault on the laptop raises reliably. The values are reasons. */
export const undrilled: Readonly<Record<string, string>> = {
  PrometheusAgentDown:
    'A fault would have to block only the scrape by which the agent reads its own metrics.',
  NatsServerRestarted: afterRestore('nats-killed'),
  NatsSlowConsumers: needsLoad,
  NatsConnectionsNearLimit: needsLoad,
  JetStreamStorageNearLimit: needsLoad,
  JetStreamMemoryNearLimit: needsLoad,
  JetStreamDisabled:
    'A fault would have to start NATS with another configuration, and its streams would be lost.',
  NatsConsumerLagging:
    'The alert needs a backlog of five minutes of messages. The drill of consumer-stalled ends earlier.',
  NatsConsumerRedelivering: 'The consumer of the traffic acknowledges every message.',
  UsdtRateFrozen: 'A fault would have to keep the exchange rate unchanged for 36 minutes.',
  RemoteWriteBehind:
    'The alert follows EdgeClusterSilent. An agent that is behind and still sends needs a slow link.',
  RemoteWriteFailing:
    'The alert needs a receiver that refuses some samples and accepts all other samples. No fault of the laptop causes this.',
  RemoteWriteRetrying:
    'The alert follows EdgeClusterSilent if the agent sends its samples again in time. No fault makes this certain.',
  RemoteWriteShardsSaturated: needsLoad,
  RemoteWriteSamplesDropped:
    'A fault would have to cut off the agent for hours. The agent then drops samples that are older than the limit of its buffer.',
  OutOfOrderSamplesRejected:
    'A fault would have to send samples that are older than the out-of-order window.',
  AgentWalDamaged: needsDamage,
  PushFailed:
    'The alert follows PushgatewayDown if a run of the batch reports meanwhile. No fault makes this certain.',
  PushgatewayRestarted: afterRestore('pushgateway-killed'),
  PushGroupAbandoned: 'No push may arrive for six hours.',
  FreshnessSloBurningFast: burns('edge-cut-off'),
  FreshnessSloBurningSlow: burns('edge-cut-off'),
  PushSloBurningFast: burns('pushgateway-killed'),
  PushSloBurningSlow: burns('pushgateway-killed'),
  ExporterSloBurningFast: burns('upstream-timeout'),
  ExporterSloBurningSlow: burns('upstream-timeout'),
  ErrorBudgetLow:
    'The error budget of three days allows 43 minutes of bad time, and a drill is shorter. The alert counts the faults of all drills.',
  RuleEvaluationFailing: 'The alert needs a broken rule. No fault breaks a rule.',
  RuleGroupSlow: needsLoad,
  PrometheusWalDamaged: needsDamage,
  PrometheusSeriesGrowing:
    'The alert compares the number of series with the number one hour before. A drill is shorter than one hour.',
  PrometheusRetentionCutBySize: 'The alert needs more than 2 GB of stored data. No drill stores this amount.',
  AlertsDropped:
    'The alert follows AlertmanagerDown if Prometheus tries to send another alert during the fault. No fault can guarantee such an alert.',
  NotificationsFailing: 'The console receives the notifications, and the drill needs the console.',
  DiskFilling: 'A fault would have to fill the disk of the laptop.',
};
