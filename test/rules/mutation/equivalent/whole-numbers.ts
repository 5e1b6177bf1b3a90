import { type PromqlNode, promqlTree } from '../../../../metrics/promql-tree.ts';
import { demandOf } from './demand.ts';
import { type Candidate, isComparison, outside, type Place } from './place.ts';

export interface RecordedExpression {
  readonly record: string;
  readonly expr: string;
}

export function isSameForWholeNumbers(
  { rule, change, place }: Candidate,
  recordings: readonly RecordedExpression[],
): boolean {
  if (change.operator !== 'threshold' && change.operator !== 'comparison') return false;
  const { expr } = rule;
  const comparison = comparisonOf(place);
  if (comparison?.node.kind !== 'binary') return false;
  const { node } = comparison;
  const original = parts(node, expr);
  const changedExpr = expr.slice(0, change.from) + change.text + expr.slice(change.to);
  const changed = parts(sameNode(changedExpr, comparison), changedExpr);
  if (!original || !changed || !isWhole(original.count, recordings)) return false;
  if (original.count.from <= change.from && change.to <= original.count.to) return false;
  // A changed divisor changes the value: for 90 errors, `errors / 60` is 1.5, and `errors / 75` is 1.2.
  const showsValue = original.divisor !== changed.divisor && demandOf(rule, comparison) === 'values';
  if (showsValue) return false;
  const largest =
    Math.ceil(2 * Math.max(original.divisor * original.limit, changed.divisor * changed.limit)) + 2;
  return Array.from({ length: 2 * largest + 1 }, (_, index) => index - largest).every(
    (count) => holds(original, count) === holds(changed, count),
  );
}

interface Comparison {
  readonly count: PromqlNode;
  readonly operator: string;
  readonly divisor: number;
  readonly limit: number;
}

const operators: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const holds = ({ operator, divisor, limit }: Comparison, count: number) =>
  operators[operator]?.(count / divisor, limit);

function comparisonOf(place: Place): Place | undefined {
  if (place.node.kind === 'binary' && isComparison(place.node)) return place;
  const outer = outside(place);
  const isCalculation = ['number', 'binary', 'parentheses'].includes(place.node.kind);
  return outer && isCalculation ? comparisonOf(outer) : undefined;
}

function sameNode(changed: string, { node, around }: Place): PromqlNode {
  const path = [...around].reverse().concat(node);
  return path.slice(1).reduce<PromqlNode>((found, next, index) => {
    const before = path[index] as PromqlNode;
    if ('of' in before && 'of' in found) return found.of;
    if (before.kind === 'binary' && found.kind === 'binary')
      return before.left === next ? found.left : found.right;
    if ('args' in before && 'args' in found) return found.args[before.args.indexOf(next)] as PromqlNode;
    throw new Error(`The changed text has another tree: ${changed}`);
  }, promqlTree(changed));
}

/** Parses `count / divisor > limit` with a positive divisor. */
function parts(node: PromqlNode, expr: string): Comparison | undefined {
  if (node.kind !== 'binary' || node.bool || !operators[node.operator]) return undefined;
  const number = (part: PromqlNode) =>
    part.kind === 'number' ? Number(expr.slice(part.from, part.to)) : Number.NaN;
  const limit = number(node.right);
  const left = bare(node.left);
  const isQuotient = left.kind === 'binary' && left.operator === '/';
  const divisor = isQuotient ? number(bare(left.right)) : 1;
  const count = isQuotient ? bare(left.left) : left;
  return Number.isFinite(limit) && divisor > 0
    ? { count, operator: node.operator, divisor, limit }
    : undefined;
}

const bare = (node: PromqlNode): PromqlNode => (node.kind === 'parentheses' ? bare(node.of) : node);

const wholeOfWhole = /^(sum|max|min|last)_over_time$/;

function isWhole(node: PromqlNode, recordings: readonly RecordedExpression[]): boolean {
  const inner = (part: PromqlNode) => isWhole(part, recordings);
  switch (node.kind) {
    case 'parentheses':
    case 'range':
    case 'offset':
    case 'subquery':
      return inner(node.of);
    case 'selector': {
      const rules = recordings.filter(({ record }) => record === node.metric);
      return rules.length > 0 && rules.every(({ expr }) => inner(promqlTree(expr)));
    }
    case 'call':
      return /^count_over_time$/.test(node.name) || (wholeOfWhole.test(node.name) && node.args.every(inner));
    case 'aggregate':
      return (
        ['count', 'group'].includes(node.operation) ||
        (['sum', 'max', 'min'].includes(node.operation) && node.args.every(inner))
      );
    case 'binary':
      if (node.bool) return true;
      if (node.operator === 'or') return inner(node.left) && inner(node.right);
      return (isComparison(node) || ['and', 'unless'].includes(node.operator)) && inner(node.left);
    default:
      return false;
  }
}
