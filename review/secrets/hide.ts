import { Hidden, isBranch, isList, own, sensitiveText, type Tree } from '../change/tree.ts';
import { nameOfValue, plainSecrets } from './find.ts';

/** Hides secrets. Pass the whole tree, because the names in the tree show which values are secrets. */
export function hidePlainSecrets(tree: Tree): Tree {
  return plainSecrets(tree).reduce((hidden, { path }) => withHidden(hidden, path), tree);
}

function withHidden(tree: Tree, path: readonly string[]): Tree {
  const [key, ...rest] = path;
  // If a JSON text contains a secret, the function hides the whole text.
  if (key === undefined || (!isBranch(tree) && !isList(tree))) return hide(tree);
  if (isList(tree)) {
    return tree.map((element, index) => (String(index) === key ? withHidden(element, rest) : element));
  }
  // In `{ name: 'TOKEN', value: 'x' }`, the path of `x` ends with `TOKEN`.
  const realKey = nameOfValue(tree) === key && own(tree, key) === undefined ? 'value' : key;
  const child = own(tree, realKey);
  return child === undefined ? tree : { ...tree, [realKey]: withHidden(child, rest) };
}

function hide(tree: Tree): Hidden {
  return tree instanceof Hidden ? tree : new Hidden(sensitiveText, tree);
}
