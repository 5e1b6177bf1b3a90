import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { IThanosRuler } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ThanosRuler';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { ISecret } from 'kubernetes-models/v1/Secret';
import { charts } from '../../../config/charts.ts';
import { services, thanos, tlsSecrets } from '../../../config/cluster-names.ts';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { restrictedPod } from '../../../config/pod-security.ts';
import { type ClusterLabels, namespaces } from '../../../config/topology.ts';
import { sourcePorts } from '../../../sources/index.ts';
import { type ArtifactSources, imageReference } from '../artifact-sources.ts';
import { scrapeTls, serverName } from '../certificates.ts';
import { scrapedByCentral } from '../monitor-labels.ts';
import { ofCentral, trustedNamespaces } from '../prometheus-operator/selection.ts';
import { webTls } from '../web-tls.ts';
import { remoteWriteToThanos } from './remote-write.ts';
import type { Size } from './sizing.ts';

/** The Prometheus operator sets these labels on the pods of the ruler. */
export const rulerPods = {
  'app.kubernetes.io/name': 'thanos-ruler',
  'thanos-ruler': thanos.ruler,
} as const;

export const rulerPeer = { namespace: namespaces.monitoring, pods: rulerPods } as const;

const user = 1001;
const tlsFolder = '/etc/thanos/client-tls';
const writerFolder = '/etc/thanos/writer-tls';
const configSecret = 'thanos-ruler-config';
const keys = { query: 'query.yaml', alertmanagers: 'alertmanagers.yaml', relabel: 'relabel.yaml' } as const;
const [, , replicaLabel] = thanos.replicaLabels;

export interface RulerProps {
  /** The ruler adds these labels to an alert only if the alert lacks them. */
  readonly labels: ClusterLabels;
  /**
   * Namespaces of other teams whose rules the rulers also evaluate.
   * @default none
   */
  readonly monitorNamespaces?: readonly string[];
  readonly size: Size;
  /**
   * If true, the rulers send no alerts, because the central Prometheus sends the alerts.
   * @default false
   */
  readonly silent?: boolean;
  readonly sources?: ArtifactSources;
}

/** Manifests of the two rulers that evaluate rules and alerts with Thanos. */
export function rulerManifests(props: RulerProps): object[] {
  return [configuration(props), ruler(props), disruptionBudget(), monitor()];
}

function ruler({ size, sources, monitorNamespaces, silent }: RulerProps): IThanosRuler {
  const image = charts.kubePrometheusStack.images.thanos;
  const interval = `${scrapeIntervalSeconds.cluster}s`;
  const { memory, cpu } = size;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ThanosRuler',
    metadata: { name: thanos.ruler, namespace: namespaces.monitoring },
    spec: {
      image: imageReference(image, sources),
      version: image.tag,
      ...(sources?.pullSecret && { imagePullSecrets: [{ name: sources.pullSecret }] }),
      replicas: size.replicas,
      evaluationInterval: interval,
      ruleSelector: ofCentral,
      ruleNamespaceSelector: trustedNamespaces(monitorNamespaces),
      additionalArgs: [{ name: 'restore-ignored-label', value: replicaLabel }],
      queryConfig: { name: configSecret, key: keys.query },
      ...(!silent && { alertmanagersConfig: { name: configSecret, key: keys.alertmanagers } }),
      // An external label `cluster` would also replace the label `cluster` of an alert about an edge.
      alertRelabelConfigs: { name: configSecret, key: keys.relabel },
      // The operator 0.93.1 mounts Secrets of `remoteWrite` at a wrong path. `volumeMounts` has the right path.
      remoteWrite: [remoteWriteToThanos({ folder: writerFolder })],
      grpcServerTlsConfig: {
        certFile: `${tlsFolder}/tls.crt`,
        keyFile: `${tlsFolder}/tls.key`,
        caFile: `${tlsFolder}/ca.crt`,
      },
      web: { tlsConfig: webTls(tlsSecrets.thanosRuler) },
      volumes: [
        { name: 'client-tls', secret: { secretName: tlsSecrets.thanosRuler } },
        { name: 'writer-tls', secret: { secretName: tlsSecrets.rulerWriter } },
      ],
      volumeMounts: [
        { name: 'client-tls', mountPath: tlsFolder, readOnly: true },
        { name: 'writer-tls', mountPath: writerFolder, readOnly: true },
      ],
      resources: { requests: { cpu, memory: '256Mi' }, limits: { memory } },
      securityContext: restrictedPod(user),
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              podAffinityTerm: {
                topologyKey: 'kubernetes.io/hostname',
                labelSelector: { matchLabels: rulerPods },
              },
            },
          ],
        },
      },
    },
  };
}

/** The operator reads these files only from a Secret, although they contain no secrets. */
function configuration({ labels }: RulerProps): ISecret {
  const { alertmanager } = services;
  const tls = (server: string) => ({
    tls_config: {
      ca_file: `${tlsFolder}/ca.crt`,
      cert_file: `${tlsFolder}/tls.crt`,
      key_file: `${tlsFolder}/tls.key`,
      server_name: server,
    },
  });
  const query = serverName(thanos.query, thanos.namespace);
  const alerts = serverName(alertmanager.name, alertmanager.namespace);
  const content = {
    [keys.query]: [
      { scheme: 'https', static_configs: [`dns+${query}:${thanos.ports.http}`], http_config: tls(query) },
    ],
    [keys.alertmanagers]: {
      alertmanagers: [
        {
          scheme: 'https',
          api_version: 'v2',
          timeout: '10s',
          static_configs: [`dns+${alerts}:${sourcePorts.alertmanager}`],
          http_config: tls(alerts),
        },
      ],
    },
    // A relabel rule sets a label only if the alert does not have this label.
    [keys.relabel]: Object.entries(labels).map(([name, replacement]) => ({
      source_labels: [name],
      regex: '^$',
      target_label: name,
      replacement,
    })),
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: configSecret, namespace: namespaces.monitoring },
    stringData: Object.fromEntries(
      Object.entries(content).map(([key, value]) => [key, `${JSON.stringify(value, undefined, 2)}\n`]),
    ),
  };
}

/** During a drain of nodes, Kubernetes evicts only one ruler at a time. */
function disruptionBudget(): IPodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'thanos-ruler', namespace: namespaces.monitoring },
    spec: { maxUnavailable: 1, selector: { matchLabels: { ...rulerPods } } },
  };
}

function monitor(): IServiceMonitor {
  const { monitoring } = namespaces;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'thanos-ruler', namespace: monitoring, labels: scrapedByCentral },
    spec: {
      selector: { matchLabels: { 'operated-thanos-ruler': 'true' } },
      endpoints: [
        {
          port: 'web',
          scheme: 'https',
          tlsConfig: scrapeTls(tlsSecrets.thanosRuler, thanos.rulerService, monitoring),
        },
      ],
    },
  };
}
