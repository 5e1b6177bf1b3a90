import { z } from 'zod';
import { reason } from './alert-overrides.ts';

interface ChartRuleGroup {
  /** Name of the chart value that the rule group needs. The platform does not enable the value. */
  readonly needs?: string;
  /** Names of the alerts in the group. The list is empty if the group has only recording rules. */
  readonly alerts: readonly string[];
}

/** The version of the chart kube-prometheus-stack that contains the rule groups in `chartRuleGroups`. */
export const chartRulesVersion = '88.5.3';

/**
 * Keys of the chart value `defaultRules.rules`. Source: the first `if` in each file of
 * `templates/prometheus/rules-1.14/`.
 */
export const chartRuleGroups = {
  alertmanager: {
    alerts: [
      'AlertmanagerFailedReload',
      'AlertmanagerMembersInconsistent',
      'AlertmanagerFailedToSendAlerts',
      'AlertmanagerClusterFailedToSendAlerts',
      'AlertmanagerConfigInconsistent',
      'AlertmanagerClusterDown',
      'AlertmanagerClusterCrashlooping',
      'AlertmanagerClusterFailedPeers',
    ],
  },
  configReloaders: { alerts: ['ConfigReloaderSidecarErrors'] },
  etcd: {
    needs: 'kubeEtcd',
    alerts: [
      'etcdMembersDown',
      'etcdInsufficientMembers',
      'etcdNoLeader',
      'etcdHighNumberOfLeaderChanges',
      'etcdHighNumberOfFailedGRPCRequests',
      'etcdGRPCRequestsSlow',
      'etcdMemberCommunicationSlow',
      'etcdHighNumberOfFailedProposals',
      'etcdHighFsyncDurations',
      'etcdHighCommitDurations',
      'etcdDatabaseQuotaLowSpace',
      'etcdExcessiveDatabaseGrowth',
      'etcdDatabaseHighFragmentationRatio',
    ],
  },
  general: { alerts: ['TargetDown', 'Watchdog', 'InfoInhibitor'] },
  k8sContainerCpuLimits: { alerts: [] },
  k8sContainerCpuRequests: { alerts: [] },
  k8sContainerCpuUsageSecondsTotal: { alerts: [] },
  k8sContainerMemoryCache: { alerts: [] },
  k8sContainerMemoryLimits: { alerts: [] },
  k8sContainerMemoryRequests: { alerts: [] },
  k8sContainerMemoryRss: { alerts: [] },
  k8sContainerMemorySwap: { alerts: [] },
  k8sContainerMemoryWorkingSetBytes: { alerts: [] },
  k8sContainerResource: { alerts: [] },
  k8sPodOwner: { alerts: [] },
  kubeApiserverAvailability: { alerts: [] },
  kubeApiserverBurnrate: { alerts: [] },
  kubeApiserverHistogram: { alerts: [] },
  kubeApiserverSlos: { alerts: ['KubeAPIErrorBudgetBurn'] },
  kubeControllerManager: {
    needs: 'kubeControllerManager',
    alerts: ['KubeControllerManagerDown', 'KubeControllerManagerInstanceUnreachable'],
  },
  kubePrometheusGeneral: { alerts: [] },
  kubePrometheusNodeRecording: { alerts: [] },
  kubeProxy: { needs: 'kubeProxy', alerts: ['KubeProxyDown', 'KubeProxyInstanceUnreachable'] },
  kubeSchedulerAlerting: {
    needs: 'kubeScheduler',
    alerts: ['KubeSchedulerDown', 'KubeSchedulerInstanceUnreachable'],
  },
  kubeSchedulerRecording: { needs: 'kubeScheduler', alerts: [] },
  kubeStateMetrics: {
    alerts: [
      'KubeStateMetricsListErrors',
      'KubeStateMetricsWatchErrors',
      'KubeStateMetricsShardingMismatch',
      'KubeStateMetricsShardsMissing',
    ],
  },
  kubelet: { alerts: [] },
  kubernetesApps: {
    alerts: [
      'KubePodCrashLooping',
      'KubePodNotReady',
      'KubeDeploymentGenerationMismatch',
      'KubeDeploymentReplicasMismatch',
      'KubeDeploymentRolloutStuck',
      'KubeStatefulSetReplicasMismatch',
      'KubeStatefulSetGenerationMismatch',
      'KubeStatefulSetUpdateNotRolledOut',
      'KubeDaemonSetRolloutStuck',
      'KubeContainerWaiting',
      'KubeDaemonSetNotScheduled',
      'KubeDaemonSetMisScheduled',
      'KubeJobNotCompleted',
      'KubeJobFailed',
      'KubeHpaReplicasMismatch',
      'KubeHpaMaxedOut',
      'KubePdbNotEnoughHealthyPods',
    ],
  },
  kubernetesResources: {
    alerts: [
      'KubeCPUOvercommit',
      'KubeMemoryOvercommit',
      'KubeCPUQuotaOvercommit',
      'KubeMemoryQuotaOvercommit',
      'KubeQuotaAlmostFull',
      'KubeQuotaFullyUsed',
      'KubeQuotaExceeded',
      'CPUThrottlingHigh',
    ],
  },
  kubernetesStorage: {
    alerts: [
      'KubePersistentVolumeFillingUp',
      'KubePersistentVolumeInodesFillingUp',
      'KubePersistentVolumeErrors',
    ],
  },
  kubernetesSystem: {
    alerts: [
      'KubeClientCertificateExpiration',
      'KubeAggregatedAPIErrors',
      'KubeAggregatedAPIDown',
      'KubeAPIDown',
      'KubeAPIInstanceUnreachable',
      'KubeAPITerminatedRequests',
      'KubeNodeNotReady',
      'KubeNodePressure',
      'KubeNodeUnreachable',
      'KubeletTooManyPods',
      'KubeNodeReadinessFlapping',
      'KubeNodeEviction',
      'KubeletPlegDurationHigh',
      'KubeletPodStartUpLatencyHigh',
      'KubeletClientCertificateExpiration',
      'KubeletServerCertificateExpiration',
      'KubeletClientCertificateRenewalErrors',
      'KubeletServerCertificateRenewalErrors',
      'KubeletInstanceUnreachable',
      'KubeletDown',
      'KubeVersionMismatch',
      'KubeClientErrors',
    ],
  },
  network: { alerts: ['NodeNetworkInterfaceFlapping'] },
  node: { alerts: [] },
  nodeExporterAlerting: {
    alerts: [
      'NodeFilesystemSpaceFillingUp',
      'NodeFilesystemAlmostOutOfSpace',
      'NodeFilesystemFilesFillingUp',
      'NodeFilesystemAlmostOutOfFiles',
      'NodeNetworkReceiveErrs',
      'NodeNetworkTransmitErrs',
      'NodeHighNumberConntrackEntriesUsed',
      'NodeTextFileCollectorScrapeError',
      'NodeClockSkewDetected',
      'NodeClockNotSynchronising',
      'NodeRAIDDegraded',
      'NodeRAIDDiskFailure',
      'NodeFileDescriptorLimit',
      'NodeCPUHighUsage',
      'NodeSystemSaturation',
      'NodeMemoryMajorPagesFaults',
      'NodeMemoryHighUtilization',
      'NodeDiskIOSaturation',
      'NodeSystemdServiceFailed',
      'NodeSystemdServiceCrashlooping',
      'NodeBondingDegraded',
    ],
  },
  nodeExporterRecording: { alerts: [] },
  prometheus: {
    alerts: [
      'PrometheusBadConfig',
      'PrometheusSDRefreshFailure',
      'PrometheusKubernetesListWatchFailures',
      'PrometheusNotificationQueueRunningFull',
      'PrometheusErrorSendingAlertsToSomeAlertmanagers',
      'PrometheusNotConnectedToAlertmanagers',
      'PrometheusTSDBReloadsFailing',
      'PrometheusTSDBCompactionsFailing',
      'PrometheusNotIngestingSamples',
      'PrometheusDuplicateTimestamps',
      'PrometheusOutOfOrderTimestamps',
      'PrometheusRemoteStorageFailures',
      'PrometheusRemoteWriteBehind',
      'PrometheusRemoteWriteDesiredShards',
      'PrometheusRuleFailures',
      'PrometheusMissingRuleEvaluations',
      'PrometheusTargetLimitHit',
      'PrometheusLabelLimitHit',
      'PrometheusScrapeBodySizeLimitHit',
      'PrometheusScrapeSampleLimitHit',
      'PrometheusTargetSyncFailure',
      'PrometheusHighQueryLoad',
      'PrometheusErrorSendingAlertsToAnyAlertmanager',
    ],
  },
  prometheusOperator: {
    alerts: [
      'PrometheusOperatorListErrors',
      'PrometheusOperatorWatchErrors',
      'PrometheusOperatorSyncFailed',
      'PrometheusOperatorReconcileErrors',
      'PrometheusOperatorStatusUpdateErrors',
      'PrometheusOperatorNodeLookupErrors',
      'PrometheusOperatorNotReady',
      'PrometheusOperatorRejectedResources',
    ],
  },
  windows: { needs: 'windowsMonitoring', alerts: [] },
} as const satisfies Readonly<Record<string, ChartRuleGroup>>;

export type ChartRuleGroupName = keyof typeof chartRuleGroups;
export type ChartAlert = (typeof chartRuleGroups)[ChartRuleGroupName]['alerts'][number];

/** Groups and alerts of kube-prometheus-stack that are switched off. Each value is the reason. */
export interface ChartRuleSwitches {
  readonly groups?: { readonly [name in ChartRuleGroupName]?: string };
  readonly alerts?: { readonly [name in ChartAlert]?: string };
}

const groups: Readonly<Record<string, ChartRuleGroup>> = chartRuleGroups;
const allAlerts = new Set(Object.values(groups).flatMap(({ alerts }) => alerts));

const groupName = z.string().refine((name) => Object.hasOwn(groups, name), {
  message: `expected a group of default rules of kube-prometheus-stack: ${Object.keys(groups).join(', ')}`,
});

const alertName = z.string().refine((name) => allAlerts.has(name), {
  message:
    'expected an alert of the default rules of kube-prometheus-stack; config/chart-rules.ts lists the alerts of the pinned version',
});

export const chartRuleSwitches = z.strictObject({
  /** Groups of rules that do not run, each with the reason. @default none */
  groups: z.record(groupName, reason).exactOptional() as z.ZodExactOptional<
    z.ZodType<NonNullable<ChartRuleSwitches['groups']>, NonNullable<ChartRuleSwitches['groups']>>
  >,
  /** Alerts that do not run, each with the reason. @default none */
  alerts: z.record(alertName, reason).exactOptional() as z.ZodExactOptional<
    z.ZodType<NonNullable<ChartRuleSwitches['alerts']>, NonNullable<ChartRuleSwitches['alerts']>>
  >,
});

export function chartGroupOf(alert: string): string | undefined {
  return Object.keys(groups).find((name) => groups[name]?.alerts.includes(alert));
}

export const missingFor = (group: string): string | undefined => groups[group]?.needs;

export function chartAlertRuns(alert: string, switches: ChartRuleSwitches = {}): boolean {
  const group = chartGroupOf(alert);
  const { groups: offGroups = {}, alerts: offAlerts = {} } = switches;
  return (
    group !== undefined &&
    missingFor(group) === undefined &&
    !Object.hasOwn(offGroups, group) &&
    !Object.hasOwn(offAlerts, alert)
  );
}
