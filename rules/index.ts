export type { Profile } from '../metrics/duration.ts';
export { batchRunMissingAfter } from './batch-run-missing.ts';
export { type EffectiveAlert, type EffectiveValue, effectiveAlerts } from './effective-alerts.ts';
export { type InhibitRule, inhibitRules } from './inhibit.ts';
export { inhibitRulesFor } from './inhibit-by-severity.ts';
export { alertsOf, prometheusRules, type RuleOptions } from './prometheus-rules.ts';
export type { DashboardUid, PrometheusRule, PrometheusRuleGroup, Severity } from './rule.ts';
export { dashboardUids, dashboardUidsFor, thanosDashboardUids } from './rule.ts';
