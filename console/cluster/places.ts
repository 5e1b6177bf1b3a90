import type { Edge } from '../../config/environment.ts';
import type { Place } from '../topology.ts';

/** A namespace of the central cluster. */
export function central(namespace: string): Place {
  return { cluster: 'central cluster', namespace };
}

/** The namespace of an edge. An edge is a cluster of its own on the map, also if it shares the central cluster. */
export function placeOfEdge({ labels, namespace }: Edge): Place {
  return { cluster: `edge cluster ${labels.cluster}`, namespace };
}
