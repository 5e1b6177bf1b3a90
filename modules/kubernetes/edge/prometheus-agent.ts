import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { IPrometheusAgent } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/PrometheusAgent';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { charts } from '../../../config/charts.ts';
import { edgeNames, remoteWriteSecret, tlsSecrets } from '../../../config/cluster-names.ts';
import { remoteWriteFlushDeadline, scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { restrictedPod } from '../../../config/pod-security.ts';
import { mebibytes } from '../../../config/quantity.ts';
import { agentPodLabel } from '../../../config/topology.ts';
import { imageReference } from '../artifact-sources.ts';
import { scrapeTls } from '../certificates.ts';
import { clusterRelabelings } from '../relabelings.ts';
import { type StorageSpec, storageSpec } from '../resources.ts';
import { monitorLimit, scrapeFeatures, scrapeLimits } from '../scrape-limits.ts';
import { reloadBySignal, webTls } from '../web-tls.ts';
import type { EdgeProps } from './props.ts';

type AgentSpec = Omit<IPrometheusAgent['spec'], 'storage'> & { readonly storage: StorageSpec };
type Agent = Omit<IPrometheusAgent, 'spec'> & { readonly spec: AgentSpec };

/** PodMonitors with this label are for the agent. The central Prometheus ignores these PodMonitors. */
export const scrapedByAgent = { 'scraped-by': edgeNames.agent } as const;

const user = 1000;

export function prometheusAgent(props: EdgeProps): object[] {
  return [
    serviceAccount(props),
    role(props),
    roleBinding(props),
    agent(props),
    selfMonitor(props),
    ...(props.plan.replicas > 1 ? [disruptionBudget(props)] : []),
  ];
}

function agent(props: EdgeProps): Agent {
  const image = charts.kubePrometheusStack.images.prometheus;
  const { namespace, labels, sources, plan } = props;
  const { replicas, size } = plan;
  return {
    apiVersion: 'monitoring.coreos.com/v1alpha1',
    kind: 'PrometheusAgent',
    metadata: { name: edgeNames.agent, namespace, labels: agentPodLabel },
    spec: {
      image: imageReference(image, sources),
      version: image.tag,
      ...(sources?.pullSecret && { imagePullSecrets: [{ name: sources.pullSecret }] }),
      replicas,
      ...(replicas > 1 && pair()),
      ...reloadBySignal(tlsSecrets.prometheusAgent),
      serviceAccountName: edgeNames.agent,
      podMetadata: { labels: agentPodLabel },
      // Without a namespace selector, the agent finds only PodMonitors in its own namespace.
      podMonitorSelector: { matchLabels: scrapedByAgent },
      scrapeInterval: `${scrapeIntervalSeconds.cluster}s`,
      ...scrapeLimits,
      enableFeatures: [...scrapeFeatures],
      externalLabels: { ...labels },
      walCompression: true,
      additionalArgs: [
        // The agent deletes samples above this age, even unsent samples. The default of Prometheus is 4 h.
        { name: 'storage.agent.retention.max-time', value: plan.outage },
        { name: 'storage.remote.flush-deadline', value: remoteWriteFlushDeadline },
      ],
      storage: storageSpec(props.buffer),
      web: { tlsConfig: webTls(tlsSecrets.prometheusAgent) },
      remoteWrite: [props.receiver, ...(props.otherReceivers ?? [])].map((receiver) =>
        remoteWrite({ ...props, receiver }),
      ),
      resources: {
        requests: { cpu: '50m', memory: `${mebibytes(size.memory) / 4}Mi` },
        limits: { memory: size.memory },
      },
      securityContext: restrictedPod(user),
    },
  };
}

/** Fields for two agents that scrape the same targets. The Thanos querier removes the duplicates. */
function pair(): Pick<AgentSpec, 'replicaExternalLabelName' | 'topologySpreadConstraints'> {
  return {
    replicaExternalLabelName: edgeNames.replicaLabel,
    topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(
      (topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        // With `DoNotSchedule`, no pod of the agent could start on a node without a zone label.
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: agentPodLabel },
      }),
    ),
  };
}

function disruptionBudget({ namespace }: EdgeProps): IPodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: edgeNames.agent, namespace },
    spec: { maxUnavailable: 1, selector: { matchLabels: agentPodLabel } },
  };
}

function remoteWrite({ receiver, plan }: EdgeProps) {
  const secret = (key: string) => ({ name: remoteWriteSecret, key });
  return {
    name: receiver.name ?? 'central',
    url: receiver.url,
    // Thanos 0.42 answers 200 for remote write 2.0, but stores nothing.
    messageVersion: 'V1.0' as const,
    tlsConfig: {
      ca: { secret: secret('ca.crt') },
      cert: { secret: secret('tls.crt') },
      keySecret: secret('tls.key'),
      serverName: receiver.serverName,
    },
    queueConfig: {
      ...plan.size.queue,
      maxBackoff: '10s',
      retryOnRateLimit: true,
      sampleAgeLimit: plan.outage,
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
      ...monitorLimit('prometheusAgent'),
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
