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
 * Returns how an empty value changes the default of the chart. A value with content is not an empty value. Its result
 * is a new `Symbol`, because a value with content must not be equal to any value.
 */
function effectOf(tree: Tree | undefined): string | symbol {
  if (tree === undefined) return 'keep';
  if (tree === null) return 'remove';
  if (tree === '') return 'text';
  if (isList(tree) && tree.length === 0) return 'list';
  const keeps = isBranch(tree) && Object.values(tree).every((child) => effectOf(child) === 'keep');
  return keeps ? 'keep' : Symbol();
}
