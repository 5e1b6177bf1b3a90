import { isBranch, isEmpty, isList, type Tree } from './tree.ts';

/** Whether two empty values, such as `null` and `{}`, have the same effect. */
export type Empties = (before: Tree | undefined, after: Tree | undefined) => boolean;

/** In resource arguments, all empty values are equal. Providers write an absent block in several ways. */
export const emptyArguments: Empties = (before, after) => isEmpty(before) && isEmpty(after);

/**
 * In chart values, `null` and `{}` differ: `null` deletes a default, and `{}` keeps the default
 * (https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key).
 */
export const emptyChartValues: Empties = (before, after) => effectOf(before) === effectOf(after);

/** The effect of an empty value on the chart's default. An empty text or list replaces the default. */
function effectOf(tree: Tree | undefined): string | symbol {
  if (tree === undefined) return 'keep';
  if (tree === null) return 'remove';
  if (tree === '') return 'text';
  if (isList(tree) && tree.length === 0) return 'list';
  const keeps = isBranch(tree) && Object.values(tree).every((child) => effectOf(child) === 'keep');
  return keeps ? 'keep' : Symbol();
}
