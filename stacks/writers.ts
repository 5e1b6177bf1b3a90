import type { Environment } from '../config/environment.ts';
import { agentPeer } from '../modules/kubernetes/edge/edge.ts';
import type { Peer } from '../modules/kubernetes/network-policy.ts';

/**
 * Labels `cluster` of the edges that write to both engines during a move. An edge in another cluster writes only to the
 * central Prometheus, because `central.receiver` has one address. Prometheus forwards its samples to Thanos.
 */
export function writersToBoth({ edges }: Environment): readonly string[] {
  return edges.filter(({ cluster }) => !cluster).map(({ labels }) => labels.cluster);
}

/** Peers from which the agents of the edges connect. */
export function edgePeers({ edges, central }: Environment): readonly Peer[] {
  return [
    ...edges.filter(({ cluster }) => !cluster).map((edge) => agentPeer(edge.namespace)),
    ...(central.receiver?.sourceRanges ?? []).map((cidr) => ({ cidr })),
  ];
}
