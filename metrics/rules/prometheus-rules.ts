import type { Profile } from '../duration.ts';
import { render } from '../promql.ts';
import { ruleGroups } from './groups.ts';
import type { AlertingRule, PrometheusRule, PrometheusRuleGroup, RecordingRule, RuleGroup } from './rule.ts';

export interface RuleOptions {
  /** Where the rules run; decides every duration. @default 'production' */
  readonly profile?: Profile;
  /** What `<AlertName>.md` is appended to. @default '/runbooks', a path on the console */
  readonly runbookBaseUrl?: string;
  /** What a dashboard's uid is appended to. @default '/d', Grafana's own path */
  readonly dashboardBaseUrl?: string;
}

/** All recording and alerting rules in the shape of a Prometheus rule file, which is that of a PrometheusRule's spec. */
export function prometheusRules(options: RuleOptions = {}): {
  readonly groups: readonly PrometheusRuleGroup[];
} {
  return { groups: ruleGroups.map((group) => prometheusGroup(group, options)) };
}

function prometheusGroup(group: RuleGroup, options: RuleOptions): PrometheusRuleGroup {
  const { profile = 'production' } = options;
  return {
    name: group.name,
    rules: [
      ...(group.recording ?? []).map((rule) => recording(rule, profile)),
      ...(group.alerting ?? []).map((rule) => alerting(rule, options)),
    ],
  };
}

function recording(rule: RecordingRule, profile: Profile): PrometheusRule {
  return { record: rule.record, expr: render(rule.expr, profile) };
}

function alerting(rule: AlertingRule, options: RuleOptions): PrometheusRule {
  const { profile = 'production', runbookBaseUrl = '/runbooks', dashboardBaseUrl = '/d' } = options;
  return {
    alert: rule.alert,
    expr: render(rule.expr, profile),
    ...(rule.for && { for: rule.for[profile] }),
    ...(rule.keepFiringFor && { keep_firing_for: rule.keepFiringFor[profile] }),
    labels: { severity: rule.severity, ...rule.labels },
    annotations: {
      summary: rule.summary,
      description: rule.description,
      runbook_url: `${runbookBaseUrl}/${rule.alert}.md`,
      dashboard_url: `${dashboardBaseUrl}/${rule.dashboard}`,
    },
  };
}
