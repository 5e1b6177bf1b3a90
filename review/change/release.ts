import { valuesIn } from './document.ts';
import { withParsedObjects } from './objects-in-values.ts';
import { applySets } from './set-values.ts';
import { isBranch, isList, type Tree } from './tree.ts';

const removedAttributes = ['id', 'metadata', 'manifest', 'resources', 'status', 'values'] as const;

export interface ReleaseTree {
  readonly release: Tree;
  readonly values: Tree;
}

/** Splits a `helm_release` into attributes and chart values. `set` blocks belong to the chart values. */
export function releaseTree(tree: Tree): ReleaseTree {
  if (!isBranch(tree)) return { release: tree, values: null };
  const attributes = Object.fromEntries(
    Object.entries(tree).filter(([key]) => !removedAttributes.some((name) => name === key)),
  );
  const { release, values } = applySets(attributes, mergedValues(tree.values ?? null));
  return { release, values: withParsedObjects(values) };
}

/** Merges documents in `values` as Helm does. A later value, even `null`, replaces an earlier value. */
function mergedValues(values: Tree): Tree {
  if (!isList(values)) return values;
  return values.reduce<Tree>((merged, text) => {
    const document = typeof text === 'string' ? (valuesIn(text) ?? text) : text;
    return document === null ? merged : merge(merged, document);
  }, {});
}

function merge(under: Tree, over: Tree): Tree {
  if (!isBranch(under) || !isBranch(over)) return over;
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
