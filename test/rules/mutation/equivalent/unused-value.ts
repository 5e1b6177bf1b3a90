import { demandOf } from './demand.ts';
import { type Candidate, isArithmetic, outside, type Place } from './place.ts';

const aggregations = new Set(['sum', 'avg', 'min', 'max', 'group', 'count']);
const sameSeries: readonly ReadonlySet<string>[] = [
  // These functions need at least two samples in the range.
  new Set(['rate', 'increase', 'delta']),
  // These functions need only one sample in the range.
  new Set([
    'changes',
    'resets',
    ...['avg', 'min', 'max', 'sum', 'last', 'count', 'stddev'].map((name) => `${name}_over_time`),
  ]),
];

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
      const onlyCalculates = user.kind === 'binary' && isArithmetic(user);
      return (onlyCalculates || (user.kind === 'call' && user.name === 'vector')) && unused(parent);
    }
    default:
      return false;
  }
}

const bothIn = (names: ReadonlySet<string>, ...two: readonly string[]) =>
  two.every((name) => names.has(name));
