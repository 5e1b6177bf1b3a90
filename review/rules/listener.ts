import { edgeIdentity } from '../../config/cluster-names.ts';
import { type Tree, valuesAt } from '../change/tree.ts';

export const listenerConfig = 'remote-write-listener';

const identities = new RegExp(`"${edgeIdentity('([a-z0-9-]+)').replaceAll('.', '\\.')}"`, 'g');

export function acceptedEdges(config: Tree | undefined): readonly string[] {
  const texts = valuesAt(config, 'data.*').map(String);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(identities)].map(([, edge = '']) => edge)))];
}
