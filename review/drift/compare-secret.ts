import type { Difference } from '../change/difference.ts';
import { type Branch, Hidden, isBranch, own, sensitiveText } from '../change/tree.ts';
import type { DeclaredSecret } from './declared.ts';
import { isDeployer } from './known-writers.ts';
import { ownerships, type Writer, wrote } from './written.ts';

/**
 * Compares the keys of a write-only Secret. Terraform has no copy of the values. Therefore the function reports a value
 * as changed if `metadata.managedFields` shows that a program other than Terraform or Helm wrote the value.
 */
export function compareSecret(
  { keys }: Pick<DeclaredSecret, 'keys'>,
  live: Branch,
): { readonly differences: readonly Difference[]; readonly writers: readonly Writer[] } {
  const data = own(live, 'data');
  const found = isBranch(data) ? Object.keys(data) : [];
  const foreign = ownerships(live).filter(({ manager }) => !isDeployer(manager));
  const authors = (key: string) => foreign.filter(({ fields }) => wrotePart(fields, key));
  const before = new Hidden(sensitiveText, 'declared');
  const after = new Hidden(sensitiveText, 'live');
  const written = found.filter((key) => keys.includes(key) && authors(key).length > 0);
  const differences = [
    ...keys.filter((key) => !found.includes(key)).map((key) => ({ path: ['data', key], before })),
    ...written.map((key) => ({ path: ['data', key], before, after })),
    ...found.filter((key) => !keys.includes(key)).map((key) => ({ path: ['data', key], after })),
  ];
  const writers = foreign
    .filter(({ fields }) => found.some((key) => wrotePart(fields, key)))
    .map(({ manager, time }) => ({ manager, ...(time !== undefined && { time }) }));
  return { differences, writers: differences.length > 0 ? writers : [] };
}

/**
 * Returns whether a program wrote this key of the Secret. Without `f:data` in `fields`, the program wrote no key. The
 * function `wrote` alone is not enough: for empty `fields` (`{}`), `wrote` returns true.
 * @param fields the fields that the program wrote, from `metadata.managedFields`
 */
function wrotePart(fields: Branch, key: string): boolean {
  return isBranch(fields['f:data']) && wrote(fields, ['data', key]);
}
