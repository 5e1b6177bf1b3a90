import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1/index.js';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1/index.js';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1/index.js';
import { StatefulSetV1 } from '@cdktf/provider-kubernetes/lib/stateful-set-v1/index.js';
import { Construct } from 'constructs';
import { thanos } from '../../../config/cluster-names.ts';
import { AllowIngress, type Peer } from '../network-policy.ts';
import { dataVolume, podTemplate, startSeconds, stopSeconds, type ThanosPod, thanosLabels } from './pod.ts';
import type { ThanosProps } from './props.ts';

export interface WorkloadProps {
  readonly thanos: ThanosProps;
  readonly pod: ThanosPod;
  readonly replicas: number;
  /**
   * Size of each pod's volume, as a Kubernetes quantity.
   * @default none: a Deployment instead of a StatefulSet
   */
  readonly volume?: string;
  readonly ingress: readonly { readonly from: readonly Peer[]; readonly ports: readonly number[] }[];
}

const restartedAt = 'kubectl.kubernetes.io/restartedAt';

/** One Thanos program: pods, Service, PodDisruptionBudget and network policy. */
export class ThanosWorkload extends Construct {
  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const { pod, volume, thanos: shared } = props;
    const { connection, dependsOn } = shared;
    const provider = connection.kubernetes;
    const depends = dependsOn ? { dependsOn } : {};
    const labels = thanosLabels(pod.name);
    const { namespace } = thanos;
    const metadata = { name: pod.name, namespace, labels };
    const common = {
      replicas: String(props.replicas),
      selector: { matchLabels: labels },
      template: podTemplate({ ...pod, claimed: volume !== undefined }, shared),
    };
    // `kubectl rollout restart` sets this annotation. `terraform apply` must not restart the pods again.
    const restarts = `spec[0].template[0].metadata[0].annotations["${restartedAt}"]`;
    if (volume === undefined) {
      new DeploymentV1(this, 'deployment', {
        provider,
        metadata,
        spec: {
          ...common,
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '1', maxUnavailable: '0' } },
        },
        lifecycle: { ignoreChanges: [restarts] },
        ...depends,
      });
    } else {
      const rollout = rolloutTime(props);
      new StatefulSetV1(this, 'stateful-set', {
        provider,
        metadata,
        spec: {
          ...common,
          serviceName: pod.name,
          // All pods start together after a cluster failure. An update still replaces one pod after another.
          podManagementPolicy: 'Parallel',
          volumeClaimTemplate: [
            {
              metadata: { name: dataVolume },
              spec: {
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: volume } },
                ...(shared.storageClass && { storageClassName: shared.storageClass }),
              },
            },
          ],
        },
        // A new volume size must not replace the StatefulSet. docs/thanos.md explains how to enlarge volumes.
        lifecycle: { ignoreChanges: [restarts, 'spec[0].volume_claim_template'] },
        timeouts: { create: rollout, update: rollout, delete: rollout },
        ...depends,
      });
    }
    new ServiceV1(this, 'service', {
      provider,
      metadata,
      spec: {
        selector: labels,
        // A headless Service gives each pod of a StatefulSet its own DNS name, even before the pod is ready.
        ...(volume !== undefined && { clusterIp: 'None', publishNotReadyAddresses: true }),
        port: Object.entries({ ...pod.sidecars?.ports, ...pod.ports }).map(([name, port]) => ({
          name,
          port,
          targetPort: name,
        })),
      },
      ...depends,
    });
    new PodDisruptionBudgetV1(this, 'disruption-budget', {
      provider,
      metadata,
      spec: { maxUnavailable: '1', selector: { matchLabels: labels } },
      ...depends,
    });
    new AllowIngress(this, 'allow-ingress', {
      connection,
      namespace,
      name: `allow-${pod.name}`,
      to: labels,
      rules: props.ingress,
      ...depends,
    });
  }
}

/** Timeout of a rollout as a Go duration. A rollout replaces one pod after another. */
function rolloutTime({ replicas, pod }: WorkloadProps): string {
  const seconds = replicas * (stopSeconds(pod) + startSeconds(pod));
  return `${Math.max(10, Math.ceil(seconds / 60))}m`;
}

export function thanosPeer(name: string): Peer {
  return { namespace: thanos.namespace, pods: thanosLabels(name) };
}
