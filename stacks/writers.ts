import type { Environment } from '../config/environment.ts';
import { agentPeer } from '../modules/kubernetes/edge/edge.ts';
import type { Peer } from '../modules/kubernetes/network-policy.ts';

/** Returns the `cluster` labels of the edges that can write to both Prometheus and Thanos. */
export function writersToBoth({ edges }: Environment): readonly string[] {
  // Prometheus forwards the samples of edges in other clusters to Thanos.
  return edges.filter(({ cluster }) => !cluster).map(({ labels }) => labels.cluster);
}

/** Network peers of all agents: namespaces in the central cluster, and IP ranges of other clusters. */
export function edgePeers({ edges, central }: Environment): readonly Peer[] {
  return [
    ...edges.filter(({ cluster }) => !cluster).map((edge) => agentPeer(edge.namespace)),
    ...(central.receiver?.sourceRanges ?? []).map((cidr) => ({ cidr })),
  ];
}
