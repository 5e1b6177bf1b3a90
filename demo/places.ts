import { clusters, namespaces } from '../config/topology.ts';
import type { Place } from '../console/index.ts';

const central = 'central cluster';
const edge = `edge cluster ${clusters.edge.cluster}`;

/** The places at which the components of the laptop would run in production. */
export const places = {
  monitoring: { cluster: central, namespace: namespaces.monitoring },
  nats: { cluster: central, namespace: namespaces.nats },
  edge: { cluster: edge, namespace: namespaces.edge },
} as const satisfies Record<string, Place>;

/** The place of a namespace. */
export function placeOf(namespace: string): Place {
  return Object.values(places).find((place) => place.namespace === namespace) ?? 'outside';
}
