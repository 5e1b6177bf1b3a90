import type { IgnoredChange } from '../../config/drift-fields.ts';

const deployers = /^(HashiCorp|Terraform|terraform-provider-|helm$|Helm$)/;

export const isDeployer = (manager: string) => deployers.test(manager);

/** A program that changes objects as a part of its task. Its changes are no drift. */
export interface KnownWriter {
  /** Pattern for the program's name in the field `manager` of `metadata.managedFields`. */
  readonly manager: RegExp;
  /** Paths of the values that the program may change. @default all paths */
  readonly paths?: readonly string[];
  readonly reason: string;
}

/** Programs whose changes are no drift in any environment. `drift.ignore` applies to one environment. */
export const knownWriters: readonly KnownWriter[] = [
  {
    manager: /^(kube-controller-manager|kube-scheduler|kubelet|kube-apiserver)$/,
    reason:
      'the controllers of Kubernetes write revisions, the replicas of an autoscaler, and volume bindings',
  },
  {
    manager: /^(azure-)?cloud-(controller|node)-manager$/,
    reason: 'the cloud controller writes the address of a load balancer',
  },
  {
    manager: /^(cert-manager-)?cainjector$|^kube-webhook-certgen$/,
    paths: ['webhooks.*.clientConfig.caBundle', 'spec.conversion.webhook.clientConfig.caBundle'],
    reason: 'the program writes the CA certificate of a webhook',
  },
  {
    manager: /^cert-manager-/,
    paths: ['metadata.annotations', 'metadata.labels', 'metadata.finalizers', 'data'],
    reason: 'cert-manager writes the certificates and their annotations',
  },
  {
    manager: /^(PrometheusOperator|operator|prometheus-operator)$/,
    reason: 'the operator writes its own fields into the objects that it watches',
  },
  {
    manager: /^admissionsenforcer$/,
    paths: ['webhooks', 'metadata'],
    reason: 'AKS excludes its own namespaces from every webhook',
  },
  {
    manager: /^kubectl/,
    paths: ['spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]'],
    reason: '`kubectl rollout restart` writes the time of the restart',
  },
  {
    manager: /^kubectl/,
    paths: ['metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]'],
    reason: '`kubectl apply` writes a copy of the manifest',
  },
];

/** A change that is no drift, because a known writer made the change. `reason` is from `knownWriters`. */
export type LeftOut = Pick<IgnoredChange, 'kind' | 'namespace' | 'name' | 'path' | 'reason'>;
