import type { Environment } from '../config/environment.ts';
import { alertOptions } from '../platforms/alert-rules.ts';
import type { RuleOptions } from '../rules/index.ts';
import { expectedOf } from '../sources/index.ts';

/** The options with which the laptop pipeline loads its rules. */
export const laptopAlerts: RuleOptions = { profile: 'laptop' };

/** The options with which an environment loads its rules, without its addresses of runbooks and dashboards. */
export const alertsOfEnvironment = (environment: Environment): RuleOptions => ({
  expected: expectedOf(environment),
  ...alertOptions(environment),
});
