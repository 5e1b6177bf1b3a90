import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterConnection } from './connection.ts';

export interface InternalLoadBalancerProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly name: string;
  /** Labels of the target pods. */
  readonly selector: Readonly<Record<string, string>>;
  readonly port: number;
  /**
   * Fixed address with a DNS name.
   * @default an annotation sets the address
   */
  readonly ip?: string;
  /** IPv4 ranges that may connect. */
  readonly sourceRanges: readonly string[];
  /** Annotations that make the load balancer internal on this platform. */
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
        // Local keeps the client's address, which the network policies need.
        externalTrafficPolicy: 'Local',
      },
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}
