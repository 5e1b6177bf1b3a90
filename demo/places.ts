import { clusters, namespaces } from '../config/topology.ts';
import { edgeTitle, type Place } from '../console/index.ts';

const central = 'central cluster';
const edge = edgeTitle(clusters.edge.cluster);

/** Clusters and namespaces of the components in production. */
export const places = {
  monitoring: { cluster: central, namespace: namespaces.monitoring },
  nats: { cluster: central, namespace: namespaces.nats },
  edge: { cluster: edge, namespace: namespaces.edge },
} as const satisfies Record<string, Place>;

export function placeOf(namespace: string): Place {
  return Object.values(places).find((place) => place.namespace === namespace) ?? 'outside';
}
