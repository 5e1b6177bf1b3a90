import { isBranch, isEmpty, isList, type Tree } from './tree.ts';

/** Whether two values of different forms are both empty, and have the same effect. */
export type Empties = (before: Tree | undefined, after: Tree | undefined) => boolean;

/**
 * Arguments of a resource: an absent value, `null`, `{}`, `[]` and an empty text are equal, because providers write an
 * absent block in each of these ways.
 */
export const emptyArguments: Empties = (before, after) => isEmpty(before) && isEmpty(after);

/**
 * Chart values: an absent value and `{}` are equal, because both keep the default of the chart. `null` removes the
 * default, and `[]` or an empty text replaces the default; each of them is a difference
 * (https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key).
 */
export const emptyChartValues: Empties = (before, after) => effectOf(before) === effectOf(after);

/** What an empty value does with the default of a chart; a unique symbol for a value that is not empty. */
function effectOf(tree: Tree | undefined): string | symbol {
  if (tree === undefined) return 'keep';
  if (tree === null) return 'remove';
  if (tree === '') return 'text';
  if (isList(tree) && tree.length === 0) return 'list';
  const keeps = isBranch(tree) && Object.values(tree).every((child) => effectOf(child) === 'keep');
  return keeps ? 'keep' : Symbol();
}
