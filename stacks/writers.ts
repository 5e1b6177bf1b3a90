import type { Environment } from '../config/environment.ts';
import { agentPeer } from '../modules/kubernetes/edge/edge.ts';
import type { Peer } from '../modules/kubernetes/network-policy.ts';

/**
 * `cluster` labels of the edges that write to both engines during a move. The other edges then write only to
 * Prometheus, which forwards the samples to Thanos.
 */
export function writersToBoth({ edges }: Environment): readonly string[] {
  return edges.filter(({ cluster }) => !cluster).map(({ labels }) => labels.cluster);
}

/**
 * The network peers from which the agents of all edges connect: namespaces in the central cluster, and IP ranges of
 * other clusters.
 */
export function edgePeers({ edges, central }: Environment): readonly Peer[] {
  return [
    ...edges.filter(({ cluster }) => !cluster).map((edge) => agentPeer(edge.namespace)),
    ...(central.receiver?.sourceRanges ?? []).map((cidr) => ({ cidr })),
  ];
}
