export type { Profile } from '../duration.ts';
export { type InhibitRule, inhibitRules } from './inhibit.ts';
export { prometheusRules, type RuleOptions } from './prometheus-rules.ts';
export type { PrometheusRule, PrometheusRuleGroup, Severity } from './rule.ts';
