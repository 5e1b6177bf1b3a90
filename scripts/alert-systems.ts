import type { Environment } from '../config/environment.ts';
import { thanosPlan } from '../modules/kubernetes/thanos/plan.ts';
import { alertOptions } from '../platforms/alert-rules.ts';
import type { RuleOptions } from '../rules/index.ts';
import { expectedOf } from '../sources/index.ts';

/** The options with which the laptop pipeline loads its rules. */
export const laptopAlerts: RuleOptions = { profile: 'laptop' };

/** The options with which an environment loads its rules, without its addresses of runbooks and dashboards. */
export function alertsOfEnvironment(environment: Environment): RuleOptions {
  const expected = expectedOf(environment);
  return {
    expected,
    batchPeriod: environment.functions.every,
    ...alertOptions(environment),
    ...(expected.thanos && { plannedSeries: thanosPlan(environment).demand.series }),
  };
}
