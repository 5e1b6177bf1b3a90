import { Hidden, isBranch, isList, sensitiveText, type Tree } from '../change/tree.ts';
import { isSecretArgument, plainSecrets } from './find.ts';

/**
 * Hides the value of a variable such as `DB_PASSWORD`, and the argument after an option such as `--client-secret`. Call
 * this function before the old and the new tree are compared. The result of the comparison has only the changed value
 * and its path. Without the name `DB_PASSWORD`, the function could not recognize the secret.
 */
export function hideNamedSecrets(tree: Tree): Tree {
  if (isList(tree)) {
    return tree.map((element, index) =>
      isSecretArgument(tree, index) ? new Hidden(sensitiveText, element) : hideNamedSecrets(element),
    );
  }
  if (!isBranch(tree)) return tree;
  const { name, value } = tree;
  if (typeof name === 'string' && typeof value === 'string' && plainSecrets({ [name]: value }).length > 0) {
    return { ...tree, value: new Hidden(sensitiveText, value) };
  }
  return Object.fromEntries(Object.entries(tree).map(([key, child]) => [key, hideNamedSecrets(child)]));
}
