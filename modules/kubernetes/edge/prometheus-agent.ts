import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { IPrometheusAgent } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/PrometheusAgent';
import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { charts } from '../../../config/charts.ts';
import { edgeNames, remoteWriteSecret, tlsSecrets } from '../../../config/cluster-names.ts';
import { remoteWriteFlushDeadline, scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { agentPodLabel } from '../../../config/topology.ts';
import { imageReference } from '../artifact-sources.ts';
import { scrapeTls } from '../certificates.ts';
import { clusterRelabelings } from '../relabelings.ts';
import { type StorageSpec, storageSpec } from '../resources.ts';
import { restrictedPod } from '../security.ts';
import { reloadBySignal, webTls } from '../web-tls.ts';
import type { EdgeProps } from './props.ts';

type AgentSpec = Omit<IPrometheusAgent['spec'], 'storage'> & { readonly storage: StorageSpec };
type Agent = Omit<IPrometheusAgent, 'spec'> & { readonly spec: AgentSpec };

/**
 * Label by which an agent selects PodMonitors. The central Prometheus uses a different label and therefore does not
 * scrape the agent's targets.
 */
export const scrapedByAgent = { 'scraped-by': edgeNames.agent } as const;

const user = 1000;

/** The agent, its role, and the PodMonitor of its own metrics. All objects are in the edge's namespace. */
export function prometheusAgent(props: EdgeProps): object[] {
  return [serviceAccount(props), role(props), roleBinding(props), agent(props), selfMonitor(props)];
}

function agent(props: EdgeProps): Agent {
  const image = charts.kubePrometheusStack.images.prometheus;
  const { namespace, labels, sources } = props;
  return {
    apiVersion: 'monitoring.coreos.com/v1alpha1',
    kind: 'PrometheusAgent',
    metadata: { name: edgeNames.agent, namespace, labels: agentPodLabel },
    spec: {
      image: imageReference(image, sources),
      version: image.tag,
      ...(sources?.pullSecret && { imagePullSecrets: [{ name: sources.pullSecret }] }),
      // The agent has one replica, because the receiver cannot distinguish the series of two replicas.
      replicas: 1,
      ...reloadBySignal(tlsSecrets.prometheusAgent),
      serviceAccountName: edgeNames.agent,
      podMetadata: { labels: agentPodLabel },
      // Without a namespace selector, the agent selects monitors in its own namespace only.
      podMonitorSelector: { matchLabels: scrapedByAgent },
      scrapeInterval: `${scrapeIntervalSeconds.cluster}s`,
      externalLabels: { ...labels },
      walCompression: true,
      // The write-ahead log keeps samples as long as the receiver accepts them. The default is 4 h.
      additionalArgs: [
        { name: 'storage.agent.retention.max-time', value: props.outOfOrderWindow },
        { name: 'storage.remote.flush-deadline', value: remoteWriteFlushDeadline },
      ],
      storage: storageSpec(props.buffer),
      web: { tlsConfig: webTls(tlsSecrets.prometheusAgent) },
      remoteWrite: [props.receiver, ...(props.otherReceivers ?? [])].map((receiver) =>
        remoteWrite({ ...props, receiver }),
      ),
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      securityContext: restrictedPod(user),
    },
  };
}

function remoteWrite({ receiver, outOfOrderWindow }: EdgeProps) {
  const secret = (key: string) => ({ name: remoteWriteSecret, key });
  return {
    name: receiver.name ?? 'central',
    url: receiver.url,
    // Every receiver supports version 1. Thanos 0.42 accepts version 2 with the answer 200, and stores nothing.
    messageVersion: 'V1.0' as const,
    tlsConfig: {
      ca: { secret: secret('ca.crt') },
      cert: { secret: secret('tls.crt') },
      keySecret: secret('tls.key'),
      serverName: receiver.serverName,
    },
    queueConfig: {
      maxShards: 10,
      capacity: 10_000,
      maxSamplesPerSend: 2_000,
      maxBackoff: '10s',
      retryOnRateLimit: true,
      sampleAgeLimit: outOfOrderWindow,
    },
  };
}

function serviceAccount({ namespace }: EdgeProps): IServiceAccount {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: edgeNames.agent, namespace },
    automountServiceAccountToken: false,
  };
}

/** The role of the agent. It allows access only to pods, because the agent uses only PodMonitors. */
function role({ namespace }: EdgeProps): IRole {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: edgeNames.agent, namespace },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
  };
}

function roleBinding({ namespace }: EdgeProps): IRoleBinding {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: edgeNames.agent, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: edgeNames.agent },
    subjects: [{ kind: 'ServiceAccount', name: edgeNames.agent, namespace }],
  };
}

function selfMonitor({ namespace, labels }: EdgeProps): IPodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: edgeNames.agent, namespace, labels: scrapedByAgent },
    spec: {
      selector: { matchLabels: agentPodLabel },
      podMetricsEndpoints: [
        {
          port: 'web',
          scheme: 'https',
          tlsConfig: scrapeTls(tlsSecrets.prometheusAgent, edgeNames.agent, namespace),
          relabelings: clusterRelabelings(labels),
        },
      ],
    },
  };
}
