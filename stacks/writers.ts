import type { Environment } from '../config/environment.ts';
import { agentPeer } from '../modules/kubernetes/edge/edge.ts';
import type { Peer } from '../modules/kubernetes/network-policy.ts';

/**
 * Returns the `cluster` labels of the edges whose agents write to both engines during a move. The agent of an edge in
 * another cluster writes only to Prometheus, and Prometheus forwards the samples to Thanos.
 */
export function writersToBoth({ edges }: Environment): readonly string[] {
  return edges.filter(({ cluster }) => !cluster).map(({ labels }) => labels.cluster);
}

/**
 * The network peers from which the agents of all edges connect: namespaces in the central cluster, and IP ranges of other
 * clusters.
 */
export function edgePeers({ edges, central }: Environment): readonly Peer[] {
  return [
    ...edges.filter(({ cluster }) => !cluster).map((edge) => agentPeer(edge.namespace)),
    ...(central.receiver?.sourceRanges ?? []).map((cidr) => ({ cidr })),
  ];
}
