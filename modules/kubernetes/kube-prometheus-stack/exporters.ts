import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';
import { tlsSecrets } from '../../../config/cluster-names.ts';
import { restrictedContainer, restrictedPod } from '../../../config/pod-security.ts';
import { namespaces, releases } from '../../../config/topology.ts';
import { scrapeTls } from '../certificates.ts';
import type { Resources } from '../resources.ts';
import { monitorLimit } from '../scrape-limits.ts';
import { webConfigPath, webTlsMount, webTlsVolume } from '../web-config.ts';

interface Probe {
  readonly httpGet: { readonly scheme: 'https' };
}

interface Monitor {
  readonly sampleLimit: number;
  readonly scheme: 'https';
  readonly tlsConfig: ReturnType<typeof scrapeTls>;
}

export interface NodeExporterValues {
  readonly extraArgs: readonly string[];
  readonly extraVolumes: readonly IVolume[];
  readonly extraVolumeMounts: readonly IVolumeMount[];
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly prometheus: { readonly monitor: Monitor };
  readonly securityContext: IPodSecurityContext;
  readonly containerSecurityContext: NonNullable<IContainer['securityContext']>;
  readonly resources: Resources;
}

export interface KubeStateMetricsValues {
  readonly extraArgs: readonly string[];
  readonly collectorsExclude: readonly string[];
  readonly volumes: readonly IVolume[];
  readonly volumeMounts: readonly IVolumeMount[];
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly prometheus: { readonly monitor: Monitor };
  readonly resources: Resources;
}

export const exporterServices = {
  nodeExporter: `${releases.kubePrometheusStack}-prometheus-node-exporter`,
  kubeStateMetrics: `${releases.kubePrometheusStack}-kube-state-metrics`,
} as const;

const probe: Probe = { httpGet: { scheme: 'https' } };

function monitor(source: 'nodeExporter' | 'kubeStateMetrics', service: string): Monitor {
  const secretName = tlsSecrets[source];
  return {
    ...monitorLimit(source),
    scheme: 'https',
    tlsConfig: scrapeTls(secretName, service, namespaces.monitoring),
  };
}

/** The chart's default arguments, repeated because our own list replaces the chart's list. */
const filesystemExcludes = [
  '--collector.filesystem.mount-points-exclude=^/(dev|proc|sys|run/containerd/.+|var/lib/docker/.+|var/lib/kubelet/.+)($|/)',
  '--collector.filesystem.fs-types-exclude=^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tracefs|erofs)$',
];

const nobody = 65534;

export function nodeExporterValues(): NodeExporterValues {
  return {
    extraArgs: [...filesystemExcludes, `--web.config.file=${webConfigPath}`],
    extraVolumes: [webTlsVolume(tlsSecrets.nodeExporter)],
    extraVolumeMounts: [webTlsMount],
    livenessProbe: probe,
    readinessProbe: probe,
    prometheus: { monitor: monitor('nodeExporter', exporterServices.nodeExporter) },
    securityContext: restrictedPod(nobody),
    containerSecurityContext: restrictedContainer,
    resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '128Mi' } },
  };
}

export function kubeStateMetricsValues(): KubeStateMetricsValues {
  return {
    extraArgs: [`--tls-config=${webConfigPath}`],
    // No rule or dashboard needs these series. The collector `secrets` could read the content of Secrets.
    collectorsExclude: ['secrets', 'configmaps'],
    volumes: [webTlsVolume(tlsSecrets.kubeStateMetrics)],
    volumeMounts: [webTlsMount],
    livenessProbe: probe,
    readinessProbe: probe,
    prometheus: { monitor: monitor('kubeStateMetrics', exporterServices.kubeStateMetrics) },
    resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
  };
}
