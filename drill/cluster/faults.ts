import { batchSchedule, remoteWriteSecret, services } from '../../config/cluster-names.ts';
import type { Environment } from '../../config/environment.ts';
import { batchJob, namespaces } from '../../config/topology.ts';
import type { ExpectedAlert } from '../../console/controls/faults.ts';
import { hostingOf, jobs } from '../../sources/index.ts';
import { ownBatch } from '../../verify/cluster.ts';
import { drillCertificate, shortCertificate } from './certificate-change.ts';
import type { Change } from './change.ts';
import { cutOff } from './cut-off.ts';
import { fieldChange } from './field-change.ts';
import { brokenCopy } from './secret-change.ts';
import { drillVolume, filledVolume } from './volume-change.ts';

export interface ClusterFault {
  readonly name: string;
  readonly title: string;
  /** Faults of the same area are not injected together. */
  readonly area: string;
  readonly alerts: readonly ExpectedAlert[];
  /** Alerts that may fire during the fault, in addition to the alerts in `alerts`. */
  readonly allowed: readonly ExpectedAlert[];
  readonly change: Change;
  /**
   * True for a fault that only scales or pauses one component, and loses no data.
   * @default false
   */
  readonly safe?: boolean;
  /** A PromQL query. The drill leaves out the fault if the query returns no data. @default none */
  readonly needsData?: string;
}

const named = (...alerts: readonly string[]): readonly ExpectedAlert[] => alerts.map((alert) => ({ alert }));

/** Alerts of the chart kube-prometheus-stack that can fire while a Deployment has no ready pod. */
const ofChart = (job: string, { namespace, name }: Deployment): readonly ExpectedAlert[] => [
  { alert: 'TargetDown', labels: { job } },
  { alert: 'InfoInhibitor', labels: { namespace } },
  { alert: 'KubePodNotReady', labels: { namespace } },
  { alert: 'KubeDeploymentReplicasMismatch', labels: { deployment: name } },
  { alert: 'KubeDeploymentRolloutStuck', labels: { deployment: name } },
];

interface Deployment {
  readonly namespace: string;
  readonly name: string;
}

const exporter: Deployment = { namespace: namespaces.nats, name: 'usdt-exporter' };
const withoutRate = [
  ...named('UsdtRateMissing', 'UsdtRateStale', 'UsdtRateFrozen', 'UsdtExporterDown'),
  ...named('ExporterSloBurningFast', 'ExporterSloBurningSlow', 'ErrorBudgetLow'),
  ...ofChart(jobs.usdtExporter, exporter),
];
const withoutReports = [
  ...named('BatchRunMissing', 'BatchDataStale', 'PushFailed', 'PushgatewayRestarted', 'PushgatewayDown'),
  ...named(
    'PushSloBurningFast',
    'PushSloBurningSlow',
    'ErrorBudgetLow',
    'KubeJobFailed',
    'KubeJobNotCompleted',
  ),
  ...ofChart(jobs.pushgateway, services.pushgateway),
];

/** Every fault of an environment, also in namespaces outside `drill.namespaces`. */
export function everyFault(environment: Environment): readonly ClusterFault[] {
  const isInCluster = hostingOf(environment, 'usdtExporter').host === 'cluster';
  return [
    ...(isInCluster
      ? [
          {
            name: 'exporter-scaled-to-zero',
            title: 'The USDT exporter has no pod',
            area: 'USDT/VND rate',
            alerts: [{ alert: 'TargetMissing', labels: { job: jobs.usdtExporter } }],
            allowed: withoutRate,
            change: scaledToZero(exporter),
            safe: true,
          },
          {
            name: 'exporter-cut-off',
            title: 'A network policy blocks the scrapes of the USDT exporter',
            area: 'USDT/VND rate',
            alerts: [{ alert: 'UsdtExporterDown' }],
            allowed: withoutRate,
            change: cutOff(exporter),
          },
        ]
      : []),
    {
      name: 'pushgateway-scaled-to-zero',
      title: 'The Pushgateway has no pod',
      area: 'Batch and push',
      alerts: [{ alert: 'TargetMissing', labels: { job: jobs.pushgateway } }],
      allowed: withoutReports,
      change: scaledToZero(services.pushgateway),
    },
    ...(ownBatch(environment)
      ? [
          {
            name: 'batch-suspended',
            title: 'The CronJob of the batch is suspended',
            area: 'Batch and push',
            alerts: [{ alert: 'BatchRunMissing', labels: { job: batchJob } }],
            allowed: withoutReports,
            change: fieldChange({
              kind: 'cronjob',
              namespace: namespaces.monitoring,
              name: batchSchedule,
              field: 'suspend',
              value: true,
              effect: `suspends the CronJob ${namespaces.monitoring}/${batchSchedule}`,
            }),
            safe: true,
          },
        ]
      : []),
    {
      name: 'certificate-expiring',
      title: 'A copied certificate expires soon',
      area: 'Certificates',
      alerts: ['EdgeCertificateExpiring', 'CertificateExpiring'].map((alert) => ({
        alert,
        labels: { name: drillCertificate },
      })),
      allowed: named('CertificateNotReady'),
      change: shortCertificate(environment, namespaces.monitoring),
    },
    {
      name: 'volume-filled',
      title: 'A volume is full',
      area: 'Volumes',
      alerts: [{ alert: 'KubePersistentVolumeFillingUp', labels: { persistentvolumeclaim: drillVolume } }],
      allowed: named('DiskFilling', 'NodeFilesystemSpaceFillingUp', 'NodeFilesystemAlmostOutOfSpace'),
      change: filledVolume(environment, namespaces.nats),
      // Excludes volumes without a size limit, because the drill must not fill the disk of a node.
      needsData:
        'kubelet_volume_stats_capacity_bytes / on (namespace, persistentvolumeclaim) kube_persistentvolumeclaim_resource_requests_storage_bytes < 1.5',
    },
    ...environment.edges
      // On an edge with a `clientIssuer`, cert-manager would repair the Secret and end the fault.
      .filter(({ cluster, clientIssuer }) => cluster && !clientIssuer)
      .map(
        ({ name, namespace, labels }): ClusterFault => ({
          name: `${name}-certificate-broken`,
          title: `The copy of the client certificate of ${name} is broken`,
          area: `Federation of ${name}`,
          alerts: [{ alert: 'EdgeClusterSilent', labels: { cluster: labels.cluster } }],
          allowed: [
            ...['TargetMissing', 'RemoteWriteBehind', 'RemoteWriteRetrying'].map((alert) => ({
              alert,
              labels: { cluster: labels.cluster },
            })),
            ...named('FreshnessSloBurningFast', 'FreshnessSloBurningSlow', 'ErrorBudgetLow'),
          ],
          change: brokenCopy({ namespace, name: remoteWriteSecret, key: 'tls.crt', edge: name }),
        }),
      ),
  ];
}

function scaledToZero({ namespace, name }: Deployment): Change {
  const effect = `scales the Deployment ${namespace}/${name} to 0`;
  return fieldChange({ kind: 'deployment', namespace, name, field: 'replicas', value: 0, effect });
}

export function clusterFaults(environment: Environment): readonly ClusterFault[] {
  const allowed = environment.drill?.namespaces ?? [];
  return everyFault(environment).filter(({ change }) => allowed.includes(change.namespace));
}
