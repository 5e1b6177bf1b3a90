import type { IPrometheusSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusSpec';
import { certManager, mimir, services, tlsSecrets } from '../../../config/cluster-names.ts';
import { namespaces, scrapeIntervalSeconds } from '../../../config/topology.ts';
import { sourcePorts } from '../../../sources/index.ts';
import { scrapeTls, serverName } from '../certificates.ts';
import { type StorageSpec, storageSpec } from '../resources.ts';
import { reloadBySignal, webTls } from '../web-tls.ts';
import type { PrometheusProps } from './props.ts';

/** The keys of the chart's `prometheusSpec` that are passed on to the custom resource as they are. */
type PassedOn = Pick<
  IPrometheusSpec,
  | 'containers'
  | 'enableRemoteWriteReceiver'
  | 'evaluationInterval'
  | 'externalLabels'
  | 'externalUrl'
  | 'podMetadata'
  | 'podMonitorNamespaceSelector'
  | 'probeNamespaceSelector'
  | 'reloadStrategy'
  | 'remoteWrite'
  | 'resources'
  | 'retention'
  | 'retentionSize'
  | 'ruleNamespaceSelector'
  | 'scrapeConfigNamespaceSelector'
  | 'scrapeInterval'
  | 'serviceMonitorNamespaceSelector'
  | 'tsdb'
  | 'walCompression'
  | 'web'
>;

export interface PrometheusValues {
  readonly serviceMonitor: {
    readonly scheme: 'https';
    readonly tlsConfig: ReturnType<typeof scrapeTls>;
  };
  readonly serviceAccount?: { readonly annotations: Readonly<Record<string, string>> };
  readonly prometheusSpec: PassedOn & {
    readonly replicas: 1;
    /** Named `storage` in the custom resource. */
    readonly storageSpec?: StorageSpec;
  };
}

const ownNamespaces = [namespaces.monitoring, namespaces.nats, certManager.namespace, mimir.namespace];

export function prometheusValues(props: PrometheusProps): PrometheusValues {
  const { name, namespace } = services.prometheus;
  const interval = `${scrapeIntervalSeconds.cluster}s`;
  // A monitor may name any file of Prometheus's pod, its token among them; a rule may record any series.
  const trusted = {
    matchExpressions: [
      {
        key: 'kubernetes.io/metadata.name',
        operator: 'In',
        values: [...ownNamespaces, ...(props.monitorNamespaces ?? [])],
      },
    ],
  };
  return {
    serviceMonitor: { scheme: 'https', tlsConfig: scrapeTls(tlsSecrets.prometheus, name, namespace) },
    ...(props.workloadIdentity && {
      serviceAccount: { annotations: { 'azure.workload.identity/client-id': props.workloadIdentity } },
    }),
    prometheusSpec: {
      // One: two receivers behind a Service would each get half of what an agent writes.
      replicas: 1,
      enableRemoteWriteReceiver: true,
      ...reloadBySignal(tlsSecrets.prometheus),
      serviceMonitorNamespaceSelector: trusted,
      podMonitorNamespaceSelector: trusted,
      probeNamespaceSelector: trusted,
      ruleNamespaceSelector: trusted,
      scrapeConfigNamespaceSelector: trusted,
      externalUrl: `https://${serverName(name, namespace)}:${sourcePorts.prometheus}`,
      externalLabels: { ...props.externalLabels },
      scrapeInterval: interval,
      evaluationInterval: interval,
      retention: props.retention.time,
      ...(props.retention.size && { retentionSize: props.retention.size }),
      tsdb: { outOfOrderTimeWindow: props.outOfOrderWindow },
      walCompression: true,
      web: { tlsConfig: webTls(tlsSecrets.prometheus) },
      resources: props.resources,
      ...(props.storage && { storageSpec: storageSpec(props.storage) }),
      ...(props.remoteWrite && { remoteWrite: [...props.remoteWrite] }),
      ...(props.workloadIdentity && {
        podMetadata: { labels: { 'azure.workload.identity/use': 'true' } },
      }),
    },
  };
}
