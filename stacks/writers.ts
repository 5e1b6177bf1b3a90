import type { Environment } from '../config/environment.ts';
import { agentPeer } from '../modules/kubernetes/edge/edge.ts';
import type { Peer } from '../modules/kubernetes/network-policy.ts';

/**
 * Values of the label `cluster` of edges that write to both engines during a move. An edge in another cluster writes
 * only to Prometheus, because `central.receiver` has one address. Prometheus forwards the samples to Thanos.
 */
export function writersToBoth({ edges }: Environment): readonly string[] {
  return edges.filter(({ cluster }) => !cluster).map(({ labels }) => labels.cluster);
}

/** Network peers of the agents. */
export function edgePeers({ edges, central }: Environment): readonly Peer[] {
  return [
    ...edges.filter(({ cluster }) => !cluster).map((edge) => agentPeer(edge.namespace)),
    ...(central.receiver?.sourceRanges ?? []).map((cidr) => ({ cidr })),
  ];
}
