import { Hidden, isBranch, isList, own, sensitiveText, type Tree } from '../change/tree.ts';
import { nameOfValue, plainSecrets } from './find.ts';

/**
 * Hides every secret that {@link plainSecrets} finds. Call this function before you compare two trees.
 * In `{ name: 'DB_PASSWORD', value: 'abc' }`, only the name shows that `abc` is a secret. The result of a comparison
 * contains `abc` without this name.
 */
export function hidePlainSecrets(tree: Tree): Tree {
  return plainSecrets(tree).reduce((hidden, { path }) => withHidden(hidden, path), tree);
}

function withHidden(tree: Tree, path: readonly string[]): Tree {
  const [key, ...rest] = path;
  // If the secret is inside a text with JSON, the function hides the whole text.
  if (key === undefined || (!isBranch(tree) && !isList(tree))) return hide(tree);
  if (isList(tree)) {
    return tree.map((element, index) => (String(index) === key ? withHidden(element, rest) : element));
  }
  // The path of a secret in `{ name: 'DB_PASSWORD', value: 'abc' }` ends with `DB_PASSWORD`. The secret itself is in
  // the field `value`.
  const last = nameOfValue(tree) === key && own(tree, key) === undefined ? 'value' : key;
  const child = own(tree, last);
  return child === undefined ? tree : { ...tree, [last]: withHidden(child, rest) };
}

function hide(tree: Tree): Hidden {
  return tree instanceof Hidden ? tree : new Hidden(sensitiveText, tree);
}
