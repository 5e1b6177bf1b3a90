import { Hidden, isBranch, isList, own, sensitiveText, type Tree } from '../change/tree.ts';
import { nameOfValue, plainSecrets } from './find.ts';

/**
 * Hides all plain secrets in a tree. Call this function before a comparison, because the result of a comparison can
 * contain a secret without its name.
 */
export function hidePlainSecrets(tree: Tree): Tree {
  return plainSecrets(tree).reduce((hidden, { path }) => withHidden(hidden, path), tree);
}

function withHidden(tree: Tree, path: readonly string[]): Tree {
  const [key, ...rest] = path;
  // `path` can lead into the JSON of a text such as `{"password":"abc"}`. The function then hides the whole text.
  if (key === undefined || (!isBranch(tree) && !isList(tree))) return hide(tree);
  if (isList(tree)) {
    return tree.map((element, index) => (String(index) === key ? withHidden(element, rest) : element));
  }
  // For `{ name: 'DB_PASSWORD', value: 'abc' }`, `plainSecrets` returns a path that ends with `DB_PASSWORD`. The object
  // contains the secret in its field `value`, and has no field `DB_PASSWORD`.
  const realKey = nameOfValue(tree) === key && own(tree, key) === undefined ? 'value' : key;
  const child = own(tree, realKey);
  return child === undefined ? tree : { ...tree, [realKey]: withHidden(child, rest) };
}

function hide(tree: Tree): Hidden {
  return tree instanceof Hidden ? tree : new Hidden(sensitiveText, tree);
}
