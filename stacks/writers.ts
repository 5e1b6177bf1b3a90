import type { Environment } from '../config/environment.ts';
import { agentPeer } from '../modules/kubernetes/edge/edge.ts';
import type { Peer } from '../modules/kubernetes/network-policy.ts';

/** `cluster` labels of edges in the central cluster. These edges write to both engines during a move. */
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
