import type { Environment } from '../config/environment.ts';
import { agentPeer } from '../modules/kubernetes/edge/edge.ts';
import type { Peer } from '../modules/kubernetes/network-policy.ts';

/**
 * During a move between the engines Prometheus and Thanos, both engines run in the central cluster. The agents in the
 * central cluster then write to Prometheus and to Thanos. Returns the `cluster` labels of the edges of these agents. During
 * the move, an agent outside the central cluster writes only to Prometheus, which forwards the samples of this agent to
 * Thanos.
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
