import type { IPrometheusSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusSpec';
import { charts } from '../../../config/charts.ts';
import { remoteWriteListener, services, tlsSecrets } from '../../../config/cluster-names.ts';
import { remoteWriteFlushDeadline, scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { sourcePorts } from '../../../sources/index.ts';
import type { ArtifactSources } from '../artifact-sources.ts';
import { scrapeTls, serverName } from '../certificates.ts';
import { evaluatedByNone, ofCentral, trustedNamespaces } from '../prometheus-operator/selection.ts';
import {
  listenerContainerNames,
  listenerContainers,
  listenerVolumes,
} from '../remote-write-listener/containers.ts';
import { type StorageSpec, storageSpec } from '../resources.ts';
import { monitorLimit, scrapeFeatures, scrapeLimits } from '../scrape-limits.ts';
import { reloadBySignal, webTls } from '../web-tls.ts';
import type { PrometheusProps } from './props.ts';

/** User id of the listener. The id must differ from 1000, the user id of Prometheus. */
const listenerUser = 1001;

const dropEveryAlert = [{ source_labels: ['alertname'], regex: '.*', action: 'drop' }];

/** The chart copies these keys of `prometheusSpec` unchanged to the custom resource. */
type PassedOn = Pick<
  IPrometheusSpec,
  | 'additionalArgs'
  | 'containers'
  | 'enableFeatures'
  | 'enableRemoteWriteReceiver'
  | 'evaluationInterval'
  | 'externalLabels'
  | 'externalUrl'
  | 'labelLimit'
  | 'labelNameLengthLimit'
  | 'labelValueLengthLimit'
  | 'podMetadata'
  | 'podMonitorNamespaceSelector'
  | 'podMonitorSelector'
  | 'probeNamespaceSelector'
  | 'probeSelector'
  | 'reloadStrategy'
  | 'remoteWrite'
  | 'resources'
  | 'retention'
  | 'retentionSize'
  | 'ruleNamespaceSelector'
  | 'ruleSelector'
  | 'sampleLimit'
  | 'scrapeConfigNamespaceSelector'
  | 'scrapeConfigSelector'
  | 'scrapeInterval'
  | 'serviceMonitorNamespaceSelector'
  | 'serviceMonitorSelector'
  | 'tsdb'
  | 'volumes'
  | 'walCompression'
  | 'web'
>;

export interface PrometheusValues {
  readonly serviceMonitor: {
    readonly sampleLimit: number;
    readonly scheme: 'https';
    readonly tlsConfig: ReturnType<typeof scrapeTls>;
  };
  readonly service?: {
    readonly additionalPorts: readonly {
      readonly name: string;
      readonly port: number;
      readonly targetPort: number;
    }[];
  };
  readonly serviceAccount?: { readonly annotations: Readonly<Record<string, string>> };
  readonly prometheusSpec: PassedOn & {
    readonly replicas: 1;
    readonly image: { readonly tag: string };
    /** Each object uses the field names of the Prometheus configuration file, such as `source_labels`. */
    readonly additionalAlertRelabelConfigs?: readonly object[];
    readonly storageSpec?: StorageSpec;
  };
}

export function prometheusValues(props: PrometheusProps, sources?: ArtifactSources): PrometheusValues {
  const { name, namespace } = services.prometheus;
  const { port: writePort, portName } = remoteWriteListener;
  const { containers, ...reload } = reloadBySignal(tlsSecrets.prometheus);
  const interval = `${scrapeIntervalSeconds.cluster}s`;
  const trusted = trustedNamespaces(props.monitorNamespaces);
  return {
    serviceMonitor: {
      ...monitorLimit('prometheus'),
      scheme: 'https',
      tlsConfig: scrapeTls(tlsSecrets.prometheus, name, namespace),
    },
    ...(props.edges && {
      service: { additionalPorts: [{ name: portName, port: writePort, targetPort: writePort }] },
    }),
    ...(props.workloadIdentity && {
      serviceAccount: { annotations: { 'azure.workload.identity/client-id': props.workloadIdentity } },
    }),
    prometheusSpec: {
      // With two replicas, each replica would store only a part of the samples that the edges send.
      replicas: 1,
      image: { tag: charts.kubePrometheusStack.images.prometheus.tag },
      enableRemoteWriteReceiver: !props.scrapesOnly,
      ...reload,
      containers: [
        ...containers,
        ...(props.edges ? listenerContainers({ user: listenerUser, sources }) : []),
      ],
      ...(props.edges && { volumes: listenerVolumes({ tlsSecret: tlsSecrets.prometheus }) }),
      serviceMonitorSelector: ofCentral,
      podMonitorSelector: ofCentral,
      probeSelector: ofCentral,
      ruleSelector: props.scrapesOnly ? evaluatedByNone : ofCentral,
      scrapeConfigSelector: ofCentral,
      serviceMonitorNamespaceSelector: trusted,
      podMonitorNamespaceSelector: trusted,
      probeNamespaceSelector: trusted,
      ruleNamespaceSelector: trusted,
      scrapeConfigNamespaceSelector: trusted,
      externalUrl: `https://${serverName(name, namespace)}:${sourcePorts.prometheus}`,
      externalLabels: { ...props.externalLabels },
      scrapeInterval: interval,
      ...scrapeLimits,
      enableFeatures: [...scrapeFeatures],
      evaluationInterval: interval,
      retention: props.retention.time,
      ...(props.retention.size && { retentionSize: props.retention.size }),
      tsdb: { outOfOrderTimeWindow: props.outOfOrderWindow },
      additionalArgs: [{ name: 'storage.remote.flush-deadline', value: remoteWriteFlushDeadline }],
      walCompression: true,
      web: { tlsConfig: webTls(tlsSecrets.prometheus) },
      resources: props.resources,
      ...(props.storage && { storageSpec: storageSpec(props.storage) }),
      ...(props.silent && { additionalAlertRelabelConfigs: dropEveryAlert }),
      ...(props.remoteWrite && { remoteWrite: [...props.remoteWrite] }),
      ...(props.workloadIdentity && {
        podMetadata: {
          labels: { 'azure.workload.identity/use': 'true' },
          ...(props.edges && {
            annotations: { 'azure.workload.identity/skip-containers': listenerContainerNames.join(';') },
          }),
        },
      }),
    },
  };
}
