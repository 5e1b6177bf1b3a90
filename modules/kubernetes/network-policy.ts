import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterConnection } from './connection.ts';

/** All pods of a namespace, pods with certain labels in a namespace, or the addresses of a range. */
export type Peer =
  | { readonly namespace: string; readonly pods?: Readonly<Record<string, string>> }
  | { readonly cidr: string; readonly except?: readonly string[] };

interface PolicyProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly dependsOn?: ITerraformDependable[];
}

/** Denies ingress traffic that no other policy allows. The kubelet can always probe the pods. */
export class DenyIngress extends Construct {
  constructor(scope: Construct, id: string, props: PolicyProps) {
    super(scope, id);
    new NetworkPolicyV1(this, 'policy', {
      provider: props.connection.kubernetes,
      metadata: { name: 'deny-ingress', namespace: props.namespace },
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}

export interface AllowIngressProps extends PolicyProps {
  readonly name: string;
  readonly to: Readonly<Record<string, string>>;
  /** An empty `from` allows every peer. */
  readonly rules: readonly { readonly from: readonly Peer[]; readonly ports: readonly number[] }[];
}

export class AllowIngress extends Construct {
  constructor(scope: Construct, id: string, props: AllowIngressProps) {
    super(scope, id);
    new NetworkPolicyV1(this, 'policy', {
      provider: props.connection.kubernetes,
      metadata: { name: props.name, namespace: props.namespace },
      spec: {
        podSelector: { matchLabels: props.to },
        policyTypes: ['Ingress'],
        ingress: props.rules.map(({ from, ports }) => ({ from: from.map(selector), ports: tcp(ports) })),
      },
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}

export interface RestrictEgressProps extends PolicyProps {
  readonly name: string;
  readonly of: Readonly<Record<string, string>>;
  /** DNS is always allowed. */
  readonly rules: readonly { readonly to: readonly Peer[]; readonly ports: readonly number[] }[];
}

export class RestrictEgress extends Construct {
  constructor(scope: Construct, id: string, props: RestrictEgressProps) {
    super(scope, id);
    const dns = { ports: ['UDP', 'TCP'].map((protocol) => ({ port: '53', protocol })) };
    new NetworkPolicyV1(this, 'policy', {
      provider: props.connection.kubernetes,
      metadata: { name: props.name, namespace: props.namespace },
      spec: {
        podSelector: { matchLabels: props.of },
        policyTypes: ['Egress'],
        egress: [dns, ...props.rules.map(({ to, ports }) => ({ to: to.map(selector), ports: tcp(ports) }))],
      },
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}

function selector(peer: Peer) {
  if ('cidr' in peer)
    return { ipBlock: { cidr: peer.cidr, ...(peer.except && { except: [...peer.except] }) } };
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } },
    ...(peer.pods && { podSelector: { matchLabels: peer.pods } }),
  };
}

function tcp(ports: readonly number[]) {
  return ports.map((port) => ({ port: String(port), protocol: 'TCP' }));
}
