const needsLoad = 'A fault would need more load than a laptop should have.';
const needsDamage =
  'A fault would have to damage the files of a running program, and stored samples would be lost.';
const afterRestore = (fault: string) =>
  `The alert fires after the end of ${fault}, and only explains the restart.`;
const burns = (fault: string) =>
  `The fault ${fault} burns the error budget. The alert depends on all failures of the last hours, and therefore on the earlier faults of the drill.`;

/** Alerts that no fault of the laptop raises with certainty, each with the reason. */
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
    'The backlog must hold five minutes of messages. The drill of consumer-stalled ends earlier.',
  NatsConsumerRedelivering: 'The consumer of the traffic acknowledges every message.',
  UsdtRateFrozen: 'The rate must not change for 36 minutes.',
  RemoteWriteBehind:
    'The alert follows EdgeClusterSilent. An agent that is behind and still sends needs a slow link.',
  RemoteWriteFailing: 'The receiver must accept a part of the samples and refuse the other part.',
  RemoteWriteRetrying:
    'The alert follows EdgeClusterSilent if the agent sends its samples again in time. No fault makes this certain.',
  RemoteWriteShardsSaturated: needsLoad,
  RemoteWriteSamplesDropped: 'The agent must hold samples that are older than its buffer, which takes hours.',
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
  RuleEvaluationFailing: 'A fault would have to give Prometheus a rule that cannot be evaluated.',
  RuleGroupSlow: needsLoad,
  PrometheusWalDamaged: needsDamage,
  PrometheusSeriesGrowing: 'The number of series must grow for two minutes after an hour of operation.',
  PrometheusRetentionCutBySize: 'Prometheus must store more than 2 GB.',
  AlertsDropped:
    'The alert follows AlertmanagerDown if another alert must be sent meanwhile. No fault makes this certain.',
  NotificationsFailing: 'The console receives the notifications, and the drill needs the console.',
  DiskFilling: 'A fault would have to fill the disk of the laptop.',
};
