import { isBranch, isEmpty, isList, type Tree } from './tree.ts';

/** Whether two empty values, such as `null` and `{}`, have the same effect. */
export type Empties = (before: Tree | undefined, after: Tree | undefined) => boolean;

/**
 * Arguments of a resource: an absent value, `null`, `{}`, `[]` and an empty text are equal, because providers write an
 * absent block in each of these ways.
 */
export const emptyArguments: Empties = (before, after) => isEmpty(before) && isEmpty(after);

/**
 * Chart values: an absent value and `{}` are equal, because both keep the default of the chart. Every other empty value
 * is a difference: `null` removes the default, and `[]` or an empty text replaces the default
 * (https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key).
 */
export const emptyChartValues: Empties = (before, after) => effectOf(before) === effectOf(after);

/**
 * Returns what an empty chart value does to the default value in the chart. For example, the result `keep` means that
 * Helm uses the default value. A value with content, such as `3`, is not empty. For such a value, the function returns
 * a new `Symbol`. A new `Symbol` is not equal to any other value. Therefore `emptyChartValues` never treats a value
 * with content as equal to another value.
 */
function effectOf(tree: Tree | undefined): string | symbol {
  if (tree === undefined) return 'keep';
  if (tree === null) return 'remove';
  if (tree === '') return 'text';
  if (isList(tree) && tree.length === 0) return 'list';
  const keeps = isBranch(tree) && Object.values(tree).every((child) => effectOf(child) === 'keep');
  return keeps ? 'keep' : Symbol();
}
