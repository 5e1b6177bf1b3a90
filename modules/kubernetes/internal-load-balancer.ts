import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterConnection } from './connection.ts';

export interface InternalLoadBalancerProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly name: string;
  /** Labels of the pods behind the load balancer. */
  readonly selector: Readonly<Record<string, string>>;
  readonly port: number;
  /**
   * Fixed IP address.
   * @default none: an annotation sets the address
   */
  readonly ip?: string;
  /** IPv4 ranges of clients that may connect. */
  readonly sourceRanges: readonly string[];
  /** The platform needs these annotations for an internal load balancer. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly dependsOn?: ITerraformDependable[];
}

/** For clients in the same network but outside the cluster. */
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
        // `Local` keeps the IP address of the client. The network policies check this address.
        externalTrafficPolicy: 'Local',
      },
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}
