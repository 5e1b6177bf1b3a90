import {
  type BinaryNode,
  type LabelMatcher,
  type Labels,
  nodesIn,
  type PromqlNode,
} from '../../../../metrics/promql-tree.ts';
import { type Candidate, isScalar, isSetOperator, keptVector, outside, type Place } from './place.ts';

type Condition = Pick<LabelMatcher, 'label' | 'operator' | 'value'>;

export interface Recorded {
  readonly record: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Returns whether the mutant removes a redundant matcher. Example: one `x="1"` in `a{x="1"} and b{x="1"}`. */
export function isRepeatedMatcher({ change, place }: Candidate, recordings: readonly Recorded[]): boolean {
  const { node } = place;
  if (change.operator !== 'matcher' || node.kind !== 'selector') return false;
  const matcher = node.matchers.find(({ from, to }) => from === change.from && to === change.to);
  if (!matcher || change.text !== `${matcher.label}=~".*"`) return false;
  for (let inner: Place = place; ; ) {
    const outer = outside(inner);
    if (!outer) return false;
    const effect = effectAt(outer.node, inner.node, matcher, recordings);
    if (effect !== 'other values') return effect === 'none';
    inner = outer;
  }
}

export function isFixedLabel({ change, place }: Candidate, recordings: readonly Recorded[]): boolean {
  const { node } = place;
  if (change.operator !== 'join labels' || node.kind !== 'binary' || !isSetOperator(node)) return false;
  if (node.matching?.keyword !== 'on') return false;
  const kept = new Set([...change.text.matchAll(/\w+/g)].map(([label]) => label));
  const required = nodesIn(node).flatMap((part) => (part.kind === 'selector' ? part.matchers : []));
  return node.matching.names
    .filter((label) => !kept.has(label))
    .every((label) =>
      required.some(
        (matcher) =>
          matcher.label === label &&
          matcher.operator === '=' &&
          [node.left, node.right].every((side) => satisfies(side, matcher, recordings)),
      ),
    );
}

/**
 * Series that can change if the matcher `slo="a"` is removed:
 * - `none`: no series.
 * - `other values`: series with a different label value, such as `slo="b"`.
 * - `unknown`: every series.
 */
type Effect = 'none' | 'other values' | 'unknown';

function effectAt(
  node: PromqlNode,
  part: PromqlNode,
  matcher: Condition,
  recordings: readonly Recorded[],
): Effect {
  switch (node.kind) {
    case 'parentheses':
    case 'range':
    case 'offset':
    case 'subquery':
      return 'other values';
    case 'call':
      return keptVector(node) === part ? 'other values' : 'unknown';
    case 'aggregate':
      return keepsLabel(node.grouping, matcher.label) ? 'other values' : 'unknown';
    case 'binary':
      return effectAtOperator(node, part, matcher, recordings);
    default:
      return 'unknown';
  }
}

function effectAtOperator(
  node: BinaryNode,
  part: PromqlNode,
  matcher: Condition,
  recordings: readonly Recorded[],
): Effect {
  const other = node.left === part ? node.right : node.left;
  if (isScalar(other)) return 'other values';
  // An operation such as `x + on (b) y` fails if two series of `x` have the same value of the label `b`.
  // A matcher in `x` can prevent this failure.
  const comparesAll = node.matching === undefined;
  if (!isSetOperator(node) && !comparesAll) return 'unknown';
  if (!compares(node.matching, matcher.label)) return 'unknown';
  const hasNoPartner = satisfies(other, matcher, recordings);
  const drops = node.operator !== 'or' && !(node.operator === 'unless' && node.left === part);
  return drops && hasNoPartner ? 'none' : 'other values';
}

function satisfies(node: PromqlNode, matcher: Condition, recordings: readonly Recorded[]): boolean {
  const inner = (part: PromqlNode) => satisfies(part, matcher, recordings);
  switch (node.kind) {
    case 'selector': {
      const same = ({ label, operator, value }: Condition) =>
        label === matcher.label && operator === matcher.operator && value === matcher.value;
      const rules = recordings.filter(({ record }) => record === node.metric);
      const stored = rules.map(({ labels = {} }) => labels[matcher.label]);
      const isStored = stored.every((value) => value !== undefined && accepts(matcher, value));
      return node.matchers.some(same) || (rules.length > 0 && isStored);
    }
    case 'parentheses':
    case 'range':
    case 'offset':
    case 'subquery':
      return inner(node.of);
    case 'call': {
      const vector = keptVector(node);
      return vector !== undefined && inner(vector);
    }
    case 'aggregate':
      return keepsLabel(node.grouping, matcher.label) && node.args.some(inner);
    case 'binary': {
      const { operator, left, right, matching } = node;
      if (operator === 'or') return inner(left) && inner(right);
      if (operator === 'unless') return inner(left);
      if (operator === 'and') return inner(left) || (compares(matching, matcher.label) && inner(right));
      if (isScalar(left)) return inner(right);
      if (isScalar(right)) return inner(left);
      return matching === undefined && (inner(left) || inner(right));
    }
    default:
      return false;
  }
}

function accepts({ operator, value: expected }: Condition, value: string): boolean {
  if (operator === '=') return value === expected;
  if (operator === '!=') return value !== expected;
  return new RegExp(`^(?:${expected})$`, 's').test(value) === (operator === '=~');
}

const compares = (matching: Labels | undefined, label: string) =>
  matching === undefined || matching.names.includes(label) === (matching.keyword === 'on');

const keepsLabel = (grouping: Labels | undefined, label: string) =>
  grouping !== undefined && grouping.names.includes(label) === (grouping.keyword === 'by');
