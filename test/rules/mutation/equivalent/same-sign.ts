import type { PromqlNode } from '../../../../metrics/promql-tree.ts';
import { demandOf } from './demand.ts';
import { type Candidate, isScalar, outside, type Place } from './place.ts';

const neverNegative = /^(rate|increase|changes|resets|count_over_time|present_over_time)$/;
const keepsSign = new Set(['sum', 'max']);

/**
 * Returns true if a mutant swaps `rate` and `increase`, or `sum` and `max`, and cannot change the result of the rule.
 * Example: `rate(x[5m]) > 0` and `increase(x[5m]) > 0` return the same series. `sum(x) > 0` and `max(x) > 0` also return
 * the same series if no value of `x` is negative.
 */
export function isSameSign({ rule, change, place }: Candidate, expr: string): boolean {
  const { node } = place;
  const isRate =
    change.operator === 'function' &&
    node.kind === 'call' &&
    [node.name, change.text].sort().join() === 'increase,rate';
  const isSum =
    change.operator === 'aggregation' &&
    node.kind === 'aggregate' &&
    [node.operation, change.text].sort().join() === 'max,sum' &&
    node.args.every(isNeverNegative);
  if (!isRate && !isSum) return false;
  const comparison = comparisonOf(place, expr);
  if (comparison?.node.kind !== 'binary') return false;
  // No value of `x` is negative. With `bool`, `sum(x) > bool 0` and its mutant `max(x) > bool 0` return the same 0 or 1.
  // Without `bool`, `sum(x) > 0` and its mutant `max(x) > 0` return the same series, but with different values: the
  // values of `sum(x)` or of `max(x)`. Therefore `max(x) > 0` is equivalent only if the rule does not use the values.
  // For example, the rule `y and sum(x) > 0` does not use the values of `sum(x) > 0`.
  return comparison.node.bool || demandOf(rule, comparison) === 'series';
}

/**
 * Finds the comparison with `> 0` that contains the node `place.node`. Example: for the node `rate(x[5m])` in
 * `sum(rate(x[5m])) > 0`, the function returns the place of the whole expression.
 *
 * Between the node and `> 0`, the function accepts only parentheses, `sum`, `max`, and additions of two values that are
 * never negative. The node and its mutant have the same sign. After the accepted operations, the results also have the
 * same sign. Therefore the mutant does not change which series `> 0` returns. After another operation, the signs can
 * differ. Example: `rate(x[5m]) - 1 > 0` can return no series although its mutant `increase(x[5m]) - 1 > 0` returns a
 * series.
 * @returns undefined if no comparison with `> 0` contains the node. The result is also undefined if another operation,
 * for example `- 1`, is between the node and `> 0`.
 */
function comparisonOf(place: Place, expr: string): Place | undefined {
  const outer = outside(place);
  if (!outer) return undefined;
  const { node } = outer;
  if (node.kind === 'parentheses') return comparisonOf(outer, expr);
  if (node.kind === 'aggregate' && keepsSign.has(node.operation)) return comparisonOf(outer, expr);
  if (node.kind !== 'binary') return undefined;
  if (node.operator === '+' && [node.left, node.right].every(isNeverNegative))
    return comparisonOf(outer, expr);
  const isZero = node.right.kind === 'number' && Number(expr.slice(node.right.from, node.right.to)) === 0;
  return node.operator === '>' && node.left === place.node && isZero ? outer : undefined;
}

function isNeverNegative(node: PromqlNode): boolean {
  switch (node.kind) {
    case 'parentheses':
      return isNeverNegative(node.of);
    case 'call':
      return neverNegative.test(node.name);
    case 'aggregate':
      return ['group', 'count'].includes(node.operation) || node.args.every(isNeverNegative);
    case 'binary':
      return ['+', '*', '/', 'or'].includes(node.operator)
        ? [node.left, node.right].every((side) => !isScalar(side) && isNeverNegative(side))
        : ['and', 'unless'].includes(node.operator) && isNeverNegative(node.left);
    default:
      return false;
  }
}
