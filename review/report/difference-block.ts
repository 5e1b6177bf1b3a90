import type { Difference } from '../change/difference.ts';
import { block } from './escape.ts';
import { treeLines } from './tree-lines.ts';

export function differenceBlocks(differences: readonly Difference[], most: number): readonly string[] {
  const lines = treeLines(differences);
  if (lines.length === 0) return [];
  const listed = lines.slice(0, most);
  const more = lines.length - listed.length;
  return [block('diff', more > 0 ? [...listed, `… ${more} more lines (the JSON report has all)`] : listed)];
}
