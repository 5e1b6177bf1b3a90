import { defaultBatchPeriod } from '../config/knobs.ts';
import type { Profile } from '../metrics/duration.ts';
import { render } from '../metrics/promql.ts';
import { type Expected, expectedOnLaptop, seriesOnLaptop } from '../sources/index.ts';
import { ruleGroups, ruleGroupsFor } from './groups.ts';
import type {
  AlertingRule,
  DashboardUid,
  PrometheusRule,
  PrometheusRuleGroup,
  RecordingRule,
  RuleGroup,
} from './rule.ts';
import { textFor } from './text.ts';

export interface RuleOptions {
  /**
   * The place where the rules run. All durations depend on the profile.
   * @default 'production'
   */
  readonly profile?: Profile;
  /**
   * Whether the default rules of kube-prometheus-stack also run. If true, the result leaves out the alerts that the
   * chart also has.
   * @default true in production
   */
  readonly chartRules?: boolean;
  /**
   * Time between two runs of the batch in Prometheus notation, for the alerts on a missing run.
   * @default `defaultBatchPeriod`
   */
  readonly batchPeriod?: string;
  /**
   * The targets and clusters that must exist. Only these can cause an alert on a missing target or cluster.
   * @default the targets and clusters of the laptop
   */
  readonly expected?: Expected;
  /**
   * Series of all clusters together, without copies, for which Thanos is planned.
   * @default `seriesOnLaptop`
   */
  readonly plannedSeries?: number;
  /**
   * URL before `<AlertName>.md` in the link to a runbook.
   * @default '/runbooks', a path on the console
   */
  readonly runbookBaseUrl?: string;
  /**
   * URL before a dashboard's uid in the link to the dashboard.
   * @default '/d', Grafana's own path
   */
  readonly dashboardBaseUrl?: string;
}

/**
 * All recording and alerting rules, in the shape of a Prometheus rule file. The spec of a PrometheusRule object has the
 * same shape.
 */
export function prometheusRules(options: RuleOptions = {}): {
  readonly groups: readonly PrometheusRuleGroup[];
} {
  const {
    profile = 'production',
    batchPeriod = defaultBatchPeriod[profile],
    expected = expectedOnLaptop,
    plannedSeries = seriesOnLaptop,
  } = options;
  const groups = ruleGroupsFor(
    { ...defaultBatchPeriod, [profile]: batchPeriod },
    expected,
    plannedSeries,
  ).filter(({ only = profile }) => only === profile);
  return { groups: groups.map((group) => prometheusGroup(group, options)) };
}

function prometheusGroup(group: RuleGroup, options: RuleOptions): PrometheusRuleGroup {
  const { profile = 'production', chartRules = profile === 'production' } = options;
  const alerts = (group.alerting ?? []).filter((rule) => !(chartRules && rule.chartAlert));
  return {
    name: group.name,
    ...(group.interval && { interval: group.interval[profile] }),
    rules: [
      ...(group.recording ?? []).map((rule) => recording(rule, profile)),
      ...alerts.map((rule) => alerting(rule, options)),
    ],
  };
}

function recording(rule: RecordingRule, profile: Profile): PrometheusRule {
  const { record, expr, labels } = rule;
  return { record: record.name, expr: render(expr, profile), ...(labels && { labels }) };
}

function alerting(rule: AlertingRule, options: RuleOptions): PrometheusRule {
  const { profile = 'production', runbookBaseUrl = '/runbooks', dashboardBaseUrl = '/d' } = options;
  return {
    alert: rule.alert,
    expr: render(rule.expr, profile),
    ...(rule.for && { for: rule.for[profile] }),
    labels: { severity: rule.severity },
    annotations: {
      summary: textFor(rule.summary, profile),
      description: textFor(rule.description, profile),
      runbook_url: `${runbookBaseUrl}/${rule.alert}.md`,
      dashboard_url: `${dashboardBaseUrl}/${rule.dashboard}`,
    },
  };
}

/** Names of the alerts that link to a dashboard. */
export function alertsOf(dashboard: DashboardUid): readonly string[] {
  return ruleGroups.flatMap(({ alerting = [] }) =>
    alerting.filter((rule) => rule.dashboard === dashboard).map(({ alert }) => alert),
  );
}
