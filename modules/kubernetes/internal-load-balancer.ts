import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterConnection } from './connection.ts';

export interface InternalLoadBalancerProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly port: number;
  /** IP address of the load balancer. @default the address in `annotations` */
  readonly ip?: string;
  readonly sourceRanges: readonly string[];
  /** The cloud needs these annotations for an internal address. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly dependsOn?: ITerraformDependable[];
}

/** A load balancer for clients in the same network but outside the cluster. */
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
        // `Local` keeps the IP address of the client, because the network policies check this address.
        externalTrafficPolicy: 'Local',
      },
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}
