import { demandOf } from './demand.ts';
import { type Candidate, isArithmetic, isComparison, outside, type Place } from './place.ts';

const aggregations = new Set(['sum', 'avg', 'min', 'max', 'group', 'count']);
/**
 * Two sets of functions. All functions of a set return the same series, for example `rate(x[5m])` and `delta(x[5m])` of
 * the first set. Only the values differ. A function of the first set returns only the series that have at least two
 * samples in the range. A function of the second set also returns a series that has only one sample in the range.
 */
const sameSeries: readonly ReadonlySet<string>[] = [
  new Set(['rate', 'increase', 'delta']),
  new Set([
    'changes',
    'resets',
    ...['avg', 'min', 'max', 'sum', 'last', 'count', 'stddev'].map((name) => `${name}_over_time`),
  ]),
];

/** Proves that a change affects only values, and that the rule does not use these values. */
export function isUnusedValue({ rule, change, place }: Candidate): boolean {
  const { node } = place;
  const unused = (one: Place) => demandOf(rule, one) === 'series';
  switch (change.operator) {
    case 'aggregation':
      return node.kind === 'aggregate' && bothIn(aggregations, node.operation, change.text) && unused(place);
    case 'function': {
      if (node.kind !== 'call') return false;
      return sameSeries.some((names) => bothIn(names, node.name, change.text)) && unused(place);
    }
    case 'arithmetic':
      return node.kind === 'binary' && isArithmetic(node) && unused(place);
    case 'threshold': {
      const parent = outside(place);
      if (node.kind !== 'number' || !parent) return false;
      const { node: user } = parent;
      const onlyCalculates = user.kind === 'binary' && isArithmetic(user) && !isComparison(user);
      return (onlyCalculates || (user.kind === 'call' && user.name === 'vector')) && unused(parent);
    }
    default:
      return false;
  }
}

const bothIn = (names: ReadonlySet<string>, ...two: readonly string[]) =>
  two.every((name) => names.has(name));
