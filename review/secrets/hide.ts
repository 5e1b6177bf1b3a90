import { Hidden, isBranch, isList, own, sensitiveText, type Tree } from '../change/tree.ts';
import { nameOfValue, plainSecrets } from './find.ts';

/**
 * Hides every secret that {@link plainSecrets} finds. Call this function before you compare the old and the new tree.
 * Example: in `{ name: 'DB_PASSWORD', value: 'abc' }`, the function recognizes the secret `abc` by the name
 * `DB_PASSWORD`. The result of the comparison contains `abc`, but not this name.
 */
export function hidePlainSecrets(tree: Tree): Tree {
  return plainSecrets(tree).reduce((hidden, { path }) => withHidden(hidden, path), tree);
}

function withHidden(tree: Tree, path: readonly string[]): Tree {
  const [key, ...rest] = path;
  // The rest of the path is inside a JSON text. The whole text is hidden.
  if (key === undefined || (!isBranch(tree) && !isList(tree))) return hide(tree);
  if (isList(tree)) {
    return tree.map((element, index) => (String(index) === key ? withHidden(element, rest) : element));
  }
  // For `{ name: 'DB_PASSWORD', value: 'abc' }`, the path ends with `DB_PASSWORD`. The secret is in the field `value`.
  const last = nameOfValue(tree) === key && own(tree, key) === undefined ? 'value' : key;
  const child = own(tree, last);
  return child === undefined ? tree : { ...tree, [last]: withHidden(child, rest) };
}

function hide(tree: Tree): Hidden {
  return tree instanceof Hidden ? tree : new Hidden(sensitiveText, tree);
}
