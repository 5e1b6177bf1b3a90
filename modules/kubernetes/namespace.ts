import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1/index.js';
import { Construct } from 'constructs';
import type { PodSecurityLevel } from '../../config/pod-security.ts';
import type { ClusterConnection } from './connection.ts';
import { DenyIngress } from './network-policy.ts';

export interface ManagedNamespaceProps {
  readonly connection: ClusterConnection;
  readonly name: string;
  /**
   * Enforced level of the Pod Security Standard.
   * @default 'restricted'
   */
  readonly podSecurity?: PodSecurityLevel;
}

/** A namespace with a Pod Security Standard. Ingress traffic is denied by default. */
export class ManagedNamespace extends Construct {
  readonly namespace: NamespaceV1;
  readonly name: string;

  constructor(scope: Construct, id: string, props: ManagedNamespaceProps) {
    super(scope, id);
    this.name = props.name;
    this.namespace = new NamespaceV1(this, 'namespace', {
      provider: props.connection.kubernetes,
      metadata: {
        name: props.name,
        labels: {
          'pod-security.kubernetes.io/enforce': props.podSecurity ?? 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
          'pod-security.kubernetes.io/audit': 'restricted',
        },
      },
    });
    new DenyIngress(this, 'deny-ingress', {
      connection: props.connection,
      namespace: props.name,
      dependsOn: [this.namespace],
    });
  }
}
