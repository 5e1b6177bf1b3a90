import type { ObjectChange, ReleaseChange } from './change.ts';
import { valuesIn } from './document.ts';
import { isBranch, isList, nameOfObject, type Tree, textAt, valuesAt } from './tree.ts';

/**
 * Attributes of a release that show no change of the operator. The provider computes them at every update. `values` is
 * compared separately (https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release).
 */
const computed = ['id', 'metadata', 'manifest', 'resources', 'status', 'values'] as const;

export interface ReleaseTree {
  readonly release: Tree;
  readonly values: Tree;
}

/** Splits a `helm_release` into its attributes and its chart values. */
export function releaseTree(tree: Tree): ReleaseTree {
  if (!isBranch(tree)) return { release: tree, values: null };
  const release = Object.fromEntries(
    Object.entries(tree).filter(([key]) => !computed.some((name) => name === key)),
  );
  return { release, values: mergedValues(tree.values ?? null) };
}

/** Helm merges the documents with the values in their order. */
function mergedValues(values: Tree): Tree {
  if (!isList(values)) return values;
  return values.reduce<Tree>((merged, text) => {
    const document = typeof text === 'string' ? (valuesIn(text) ?? text) : text;
    return merge(merged, document);
  }, {});
}

function merge(under: Tree, over: Tree): Tree {
  if (!isBranch(under) || !isBranch(over)) return over ?? under;
  return {
    ...under,
    ...Object.fromEntries(
      Object.entries(over).map(([key, value]) => [
        key,
        Object.hasOwn(under, key) ? merge(under[key] as Tree, value) : value,
      ]),
    ),
  };
}

/** Keys of chart values that contain whole Kubernetes objects. */
const manifestLists = ['extraManifests', 'extraResources', 'extraObjects'];

/** The Kubernetes objects in the chart values of a release. */
export function objectsOf({
  before,
  after,
}: Pick<ReleaseChange, 'before' | 'after'>): readonly ObjectChange[] {
  return manifestLists.flatMap((list) =>
    objectPairs(childList(before, list), childList(after, list), ['values', list]),
  );
}

export function manifestObject(before: Tree | undefined, after: Tree | undefined): readonly ObjectChange[] {
  const [one, other] = [before, after].map((tree) => valuesAt(tree, 'manifest')[0]);
  const shown = other ?? one;
  if (shown === undefined || nameOfObject(shown) === undefined) return [];
  return [objectChange(['manifest'], one, other)];
}

function childList(values: Tree | undefined, key: string): Tree {
  return (isBranch(values) && values[key]) || [];
}

function objectPairs(before: Tree, after: Tree, at: readonly string[]): readonly ObjectChange[] {
  const byName = (tree: Tree) =>
    new Map(
      (isList(tree) ? tree : isBranch(tree) ? Object.values(tree) : []).flatMap((element) => {
        const object = typeof element === 'string' ? (valuesIn(element) ?? null) : element;
        const name = nameOfObject(object);
        return name === undefined ? [] : [[name, object] as const];
      }),
    );
  const [olds, news] = [byName(before), byName(after)];
  return [...new Set([...olds.keys(), ...news.keys()])].map((key) => {
    const [one, other] = [olds.get(key), news.get(key)];
    return objectChange([...at, key], one, other);
  });
}

function objectChange(
  path: readonly string[],
  before: Tree | undefined,
  after: Tree | undefined,
): ObjectChange {
  const shown = after ?? before;
  const namespace = textAt(shown, 'metadata.namespace');
  return {
    path,
    kind: textAt(shown, 'kind') ?? '',
    name: textAt(shown, 'metadata.name') ?? '',
    ...(namespace !== undefined && { namespace }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}
