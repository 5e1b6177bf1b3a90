import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterConnection } from './connection.ts';

export interface InternalLoadBalancerProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly name: string;
  /** Labels of the pods behind it. */
  readonly selector: Readonly<Record<string, string>>;
  readonly port: number;
  /**
   * Fixed address, for which a DNS name stands.
   * @default said by an annotation
   */
  readonly ip?: string;
  /** Who may connect, by address. */
  readonly sourceRanges: readonly string[];
  /** What keeps it off the internet there. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly dependsOn?: ITerraformDependable[];
}

/** An entry point into the cluster for clients in the same network. */
export class InternalLoadBalancer extends Construct {
  constructor(scope: Construct, id: string, props: InternalLoadBalancerProps) {
    super(scope, id);
    new ServiceV1(this, 'service', {
      provider: props.connection.kubernetes,
      metadata: { name: props.name, namespace: props.namespace, annotations: { ...props.annotations } },
      spec: {
        type: 'LoadBalancer',
        selector: { ...props.selector },
        port: [{ name: 'https', port: props.port, targetPort: String(props.port) }],

        ...(props.ip && { loadBalancerIp: props.ip }),
        loadBalancerSourceRanges: [...props.sourceRanges],
        // Local keeps the caller's address, by which the network policies tell who it is.
        externalTrafficPolicy: 'Local',
      },
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}
