import type { Edge } from '../../config/environment.ts';
import { edgeTitle, type Place } from '../topology.ts';

/** A namespace in the central cluster. */
export function central(namespace: string): Place {
  return { cluster: 'central cluster', namespace };
}

export function placeOfEdge({ labels, namespace }: Edge): Place {
  return { cluster: edgeTitle(labels.cluster), namespace };
}
