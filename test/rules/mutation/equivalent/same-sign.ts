import type { PromqlNode } from '../../../../metrics/promql-tree.ts';
import { demandOf } from './demand.ts';
import { type Candidate, isScalar, outside, type Place } from './place.ts';

const neverNegative = /^(rate|increase|changes|resets|count_over_time|present_over_time)$/;
const keepsSign = new Set(['sum', 'max']);

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
  return comparison.node.bool || demandOf(rule, comparison) === 'series';
}

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
