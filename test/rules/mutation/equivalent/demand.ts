import type { PrometheusRule } from '../../../../rules/index.ts';
import { isArithmetic, outside, type Place } from './place.ts';

/** `values`: the sample values of a result matter. `series`: only the existence of a series matters. */
export type Demand = 'values' | 'series';

const countsSeries = new Set(['group', 'count']);
const aggregations = new Set(['sum', 'avg', 'min', 'max', 'group', 'count', 'stddev']);
const overRange =
  /^(rate|increase|delta|deriv|changes|resets|predict_linear|(avg|min|max|sum|last|count|present|stddev)_over_time)$/;
/** Functions whose result depends on whether samples exist, but not on the values of the samples. */
const valueless = /^(absent|absent_over_time|present_over_time|count_over_time)$/;

export function demandOfRule(rule: PrometheusRule): Demand {
  if (!('alert' in rule)) return 'values';
  return Object.values(rule.annotations).some((text) => text.includes('$value')) ? 'values' : 'series';
}

export function demandOf(rule: PrometheusRule, place: Place): Demand {
  const parent = outside(place);
  if (!parent) return demandOfRule(rule);
  const ofParent = () => demandOf(rule, parent);
  const { node } = parent;
  switch (node.kind) {
    case 'parentheses':
    case 'range':
    case 'offset':
    case 'subquery':
      return ofParent();
    case 'aggregate':
      if (countsSeries.has(node.operation)) return 'series';
      return aggregations.has(node.operation) ? ofParent() : 'values';
    case 'call':
      if (valueless.test(node.name)) return 'series';
      return overRange.test(node.name) || node.name === 'vector' ? ofParent() : 'values';
    case 'binary':
      if (['and', 'unless'].includes(node.operator) && node.right === place.node) return 'series';
      if (['and', 'or', 'unless'].includes(node.operator)) return ofParent();
      return isArithmetic(node) ? ofParent() : 'values';
    default:
      return 'values';
  }
}
