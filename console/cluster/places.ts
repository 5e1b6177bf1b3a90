import type { Edge } from '../../config/environment.ts';
import type { Place } from '../topology.ts';

/** The place of a namespace in the central cluster. */
export function central(namespace: string): Place {
  return { cluster: 'central cluster', namespace };
}

/**
 * The place of an edge's namespace. On the map, an edge is a separate cluster, even if it runs in the central cluster.
 */
export function placeOfEdge({ labels, namespace }: Edge): Place {
  return { cluster: `edge cluster ${labels.cluster}`, namespace };
}
