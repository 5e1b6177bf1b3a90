import { isBranch, isEmpty, isList, type Tree } from './tree.ts';

/** Whether two empty values, such as `null` and `{}`, have the same effect. */
export type Empties = (before: Tree | undefined, after: Tree | undefined) => boolean;

/** In arguments of a resource, all empty values are equal, because providers write an absent block in several ways. */
export const emptyArguments: Empties = (before, after) => isEmpty(before) && isEmpty(after);

/**
 * In chart values, an absent value and `{}` keep the default of the chart. `null` removes the default, and `[]` or an
 * empty text replaces the default
 * (https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key).
 */
export const emptyChartValues: Empties = (before, after) => effectOf(before) === effectOf(after);

/**
 * Returns the effect of an empty value on the default of the chart. `text` and `list` mean that an empty text or an
 * empty list replaces the default. For a value with content, the function returns a new `Symbol`. This symbol is not
 * equal to any other result.
 */
function effectOf(tree: Tree | undefined): string | symbol {
  if (tree === undefined) return 'keep';
  if (tree === null) return 'remove';
  if (tree === '') return 'text';
  if (isList(tree) && tree.length === 0) return 'list';
  const keeps = isBranch(tree) && Object.values(tree).every((child) => effectOf(child) === 'keep');
  return keeps ? 'keep' : Symbol();
}
