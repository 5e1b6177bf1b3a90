import type { PrometheusRule } from '../../../../rules/index.ts';
import { isArithmetic, outside, type Place } from './place.ts';

/**
 * What the result of a rule can show of a node: the values of its series, or only which series exist. Two expressions
 * are equal for an alert if they return the same series, and the texts of the alert do not contain the value.
 */
export type Demand = 'values' | 'series';

const countsSeries = new Set(['group', 'count']);
/** Aggregations that return a series for each group in which a series exists. */
const aggregations = new Set(['sum', 'avg', 'min', 'max', 'group', 'count', 'stddev']);
/** Functions that return a result if and only if the range has at least one sample, or at least two samples. */
const overRange =
  /^(rate|increase|delta|deriv|changes|resets|predict_linear|(avg|min|max|sum|last|count|present|stddev)_over_time)$/;
/** Functions whose result does not depend on the values of their range. */
const valueless = /^(absent|absent_over_time|present_over_time|count_over_time)$/;

/** What a rule can show of the result of its expression. */
export function demandOfRule(rule: PrometheusRule): Demand {
  if (!('alert' in rule)) return 'values';
  return Object.values(rule.annotations).some((text) => text.includes('$value')) ? 'values' : 'series';
}

/** What a rule can show of a node of its expression. */
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
