import { batchSchedule, remoteWriteSecret, services } from '../../config/cluster-names.ts';
import type { Environment } from '../../config/environment.ts';
import { batchJob, namespaces } from '../../config/topology.ts';
import type { ExpectedAlert } from '../../console/controls/faults.ts';
import { hostingOf, jobs } from '../../sources/index.ts';
import { ownBatch } from '../../verify/cluster.ts';
import { drillCertificate, shortCertificate } from './certificate-change.ts';
import type { Change } from './change.ts';
import { fieldChange } from './field-change.ts';
import { brokenCopy } from './secret-change.ts';
import { drillVolume, filledVolume } from './volume-change.ts';

/** A fault of a cluster as data. Every fault is a change that can be restored. */
export interface ClusterFault {
  readonly name: string;
  readonly title: string;
  /** Part of the platform. Faults of the same part are not injected together. */
  readonly area: string;
  readonly alerts: readonly ExpectedAlert[];
  /** Other alerts that may fire as a consequence. */
  readonly allowed: readonly ExpectedAlert[];
  readonly change: Change;
  /** A query that must return data, otherwise the cluster cannot show the fault. @default the fault needs no query */
  readonly needsData?: string;
}

const named = (...alerts: readonly string[]): readonly ExpectedAlert[] => alerts.map((alert) => ({ alert }));

/** Alerts of the chart on any target that is missing or down, and on pods that are not ready. */
const ofChart = named(
  'TargetDown',
  'InfoInhibitor',
  'KubePodNotReady',
  'KubeDeploymentReplicasMismatch',
  'KubeDeploymentRolloutStuck',
);
const withoutRate = [
  ...named('UsdtRateMissing', 'UsdtRateStale', 'UsdtRateFrozen', 'UsdtExporterDown'),
  ...named('ExporterSloBurningFast', 'ExporterSloBurningSlow'),
  ...ofChart,
];
const withoutReports = [
  ...named('BatchRunMissing', 'BatchDataStale', 'PushFailed', 'PushgatewayRestarted', 'PushgatewayDown'),
  ...named('PushSloBurningFast', 'PushSloBurningSlow', 'KubeJobFailed'),
  ...ofChart,
];

/** The faults that fit an environment, in all of its namespaces. */
export function everyFault(environment: Environment): readonly ClusterFault[] {
  const exporter = { namespace: namespaces.nats, name: 'usdt-exporter' } as const;
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
          },
          {
            name: 'exporter-cut-off',
            title: 'A network policy blocks the scrapes of the USDT exporter',
            area: 'USDT/VND rate',
            alerts: [{ alert: 'UsdtExporterDown' }],
            allowed: withoutRate,
            change: fieldChange({
              kind: 'networkpolicy',
              namespace: exporter.namespace,
              name: `allow-${exporter.name}`,
              field: 'ingress',
              value: [],
              effect: `removes every client from the NetworkPolicy ${exporter.namespace}/allow-${exporter.name}`,
            }),
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
      allowed: [...named('CertificateNotReady'), ...ofChart],
      change: shortCertificate(environment, namespaces.monitoring),
    },
    {
      name: 'volume-filled',
      title: 'A volume is full',
      area: 'Volumes',
      alerts: [{ alert: 'KubePersistentVolumeFillingUp', labels: { persistentvolumeclaim: drillVolume } }],
      allowed: [...named('DiskFilling', 'NodeFilesystemSpaceFillingUp', 'CPUThrottlingHigh'), ...ofChart],
      change: filledVolume(environment, namespaces.nats),
      // Only volumes of a CSI driver that measures them have this series.
      needsData: 'kubelet_volume_stats_available_bytes',
    },
    ...environment.edges
      // cert-manager would issue a broken Secret again where it made the Secret itself.
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
            ...named('FreshnessSloBurningFast', 'FreshnessSloBurningSlow'),
          ],
          change: brokenCopy({ namespace, name: remoteWriteSecret, key: 'tls.crt', edge: name }),
        }),
      ),
  ];
}

function scaledToZero({ namespace, name }: { readonly namespace: string; readonly name: string }): Change {
  const effect = `scales the Deployment ${namespace}/${name} to 0`;
  return fieldChange({ kind: 'deployment', namespace, name, field: 'replicas', value: 0, effect });
}

/** The faults that the drill may inject into an environment: those in the namespaces that the environment allows. */
export function clusterFaults(environment: Environment): readonly ClusterFault[] {
  const allowed = environment.drill?.namespaces ?? [];
  return everyFault(environment).filter(({ change }) => allowed.includes(change.namespace));
}
