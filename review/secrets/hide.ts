import { Hidden, isBranch, isList, own, sensitiveText, type Tree } from '../change/tree.ts';
import { nameOfValue, plainSecrets } from './find.ts';

/**
 * Hides all plain secrets in a tree. Call this function before a comparison of trees, not after the comparison. Reason:
 * in the object `{ name: 'DB_PASSWORD', value: 'abc' }`, this function recognizes the secret `abc` by the name
 * `DB_PASSWORD`. The result of a comparison can contain the value `abc` without this name. The function then cannot
 * recognize the secret.
 */
export function hidePlainSecrets(tree: Tree): Tree {
  return plainSecrets(tree).reduce((hidden, { path }) => withHidden(hidden, path), tree);
}

function withHidden(tree: Tree, path: readonly string[]): Tree {
  const [key, ...rest] = path;
  // If `path` is empty, `tree` is the secret, and the function hides `tree`. If `tree` is a text such as
  // `{"password":"abc"}`, `path` leads to a secret inside the JSON of the text. The function cannot hide only a part
  // of a text. Therefore the function hides the whole text.
  if (key === undefined || (!isBranch(tree) && !isList(tree))) return hide(tree);
  if (isList(tree)) {
    return tree.map((element, index) => (String(index) === key ? withHidden(element, rest) : element));
  }
  // `key` can be the name of an environment variable instead of a key of `tree`. The secret is then at the key `value`.
  // Example: `tree` is the environment variable `{ name: 'DB_PASSWORD', value: 'abc' }`, and `abc` is the secret. The path
  // from `plainSecrets` to this secret ends with the name of the variable. Therefore `key` is `DB_PASSWORD`, and `realKey`
  // is `value`.
  const realKey = nameOfValue(tree) === key && own(tree, key) === undefined ? 'value' : key;
  const child = own(tree, realKey);
  return child === undefined ? tree : { ...tree, [realKey]: withHidden(child, rest) };
}

function hide(tree: Tree): Hidden {
  return tree instanceof Hidden ? tree : new Hidden(sensitiveText, tree);
}
