import { nameOf } from '../change/difference.ts';
import { isBranch, isEmpty, isList, own, type Tree } from '../change/tree.ts';
import { identityOf, wholeObjects } from './merge-keys.ts';
import { isSameValue } from './same-value.ts';

/**
 * Reduces the live value to the fields in the manifest, because the API server adds default fields.
 * @returns undefined if the cluster does not have the value
 */
export function namedPart(manifest: Tree, live: Tree | undefined, key = ''): Tree | undefined {
  // If the manifest has null or an empty text, the server may choose any value.
  if (manifest === null || manifest === '') return manifest;
  if (live === undefined || live === null) return isOmitted(manifest) ? manifest : undefined;
  if (isBranch(manifest)) return isBranch(live) ? namedKeys(manifest, live, key) : live;
  if (isList(manifest)) return isList(live) ? namedElements(manifest, live, key) : live;
  return isSameValue(manifest, live, key) ? manifest : live;
}

/** The server may leave zero, false and empty values out of an object. */
function isOmitted(value: Tree): boolean {
  return isEmpty(value) || value === false || value === 0;
}

type Keyed = { readonly [key: string]: Tree };

function namedKeys(manifest: Keyed, live: Keyed, key: string): Tree {
  const more = wholeObjects.has(key) ? Object.keys(live) : [];
  const keys = [...new Set([...Object.keys(manifest), ...more])];
  return Object.fromEntries(
    keys.flatMap((name) => {
      const wanted = own(manifest, name);
      const found = own(live, name);
      const part = wanted === undefined ? found : namedPart(wanted, found, name);
      return part === undefined ? [] : [[name, part] as const];
    }),
  );
}

function namedElements(manifest: readonly Tree[], live: readonly Tree[], key: string): Tree {
  const [wanted, found] = [manifest, live].map((list) => identities(list, key));
  if (!wanted || !found) {
    return live.map((element, index) => {
      const partner = manifest[index];
      return partner === undefined ? element : (namedPart(partner, element, key) ?? element);
    });
  }
  const partOf = (id: string) => {
    const [one, other] = [wanted.list.get(id), found.list.get(id)];
    if (other === undefined) return [];
    return [one === undefined ? other : (namedPart(one, other, key) ?? other)];
  };
  const order = wanted.ordered ? [...found.list.keys()] : [...wanted.list.keys(), ...found.list.keys()];
  return [...new Set(order)].flatMap(partOf);
}

function identities(list: readonly Tree[], key: string) {
  const byMergeKey = list.map((element) => identityOf(key, element));
  const ordered = byMergeKey.some((id) => id === undefined);
  const ids = ordered ? list.map((element) => (isBranch(element) ? nameOf(element) : undefined)) : byMergeKey;
  const known = new Map(ids.flatMap((id, index) => (id === undefined ? [] : [[id, list[index] as Tree]])));
  return known.size === list.length ? { list: known, ordered } : undefined;
}
