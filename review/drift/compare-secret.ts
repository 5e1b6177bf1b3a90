import type { Difference } from '../change/difference.ts';
import { type Branch, Hidden, isBranch, own, sensitiveText } from '../change/tree.ts';
import type { DeclaredSecret } from './declared.ts';
import { isDeployer } from './known-writers.ts';
import { ownerships, type Writer, wrote } from './written.ts';

/** Compares only keys and writers, because Terraform does not store the values of a Secret. */
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

function wrotePart(fields: Branch, key: string): boolean {
  // The function `wrote` returns `true` if `fields` is empty.
  return isBranch(fields['f:data']) && wrote(fields, ['data', key]);
}
