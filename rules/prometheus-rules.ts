import type { AlertOverrides } from '../config/alert-overrides.ts';
import { type ChartRuleSwitches, chartAlertRuns } from '../config/chart-rules.ts';
import { defaultBatchPeriod } from '../config/knobs.ts';
import type { Profile } from '../metrics/duration.ts';
import { type Adjust, render } from '../metrics/promql.ts';
import { type Expected, expectedOnLaptop, seriesOnLaptop } from '../sources/index.ts';
import { budgetPeriodFor } from './error-budget.ts';
import { ruleGroups, ruleGroupsFor } from './groups.ts';
import { adjustments, overridden } from './overrides.ts';
import type {
  AlertingRule,
  DashboardUid,
  PrometheusRule,
  PrometheusRuleGroup,
  RecordingRule,
  RuleGroup,
} from './rule.ts';
import { sloPeriod } from './slo.ts';
import { textFor } from './text.ts';

export interface RuleOptions {
  /**
   * Selects the durations in the rules.
   * @default 'production'
   */
  readonly profile?: Profile;
  /**
   * Whether an alert of kube-prometheus-stack replaces a platform alert on the same fault.
   * @default true in the profile `production`, false in the profile `laptop`
   */
  readonly chartRules?: boolean;
  /**
   * Default rules of kube-prometheus-stack that are switched off.
   * @default none
   */
  readonly chartRulesOff?: ChartRuleSwitches;
  /**
   * Settings of the environment for single alerts, such as another threshold.
   * @default none
   */
  readonly overrides?: AlertOverrides;
  /**
   * Time between two runs of the batch, in Prometheus notation.
   * @default `defaultBatchPeriod`
   */
  readonly batchPeriod?: string;
  /**
   * Targets and clusters that must exist.
   * @default the targets and clusters of the laptop
   */
  readonly expected?: Expected;
  /**
   * Planned series of all clusters. Copies on Thanos ingesters count once.
   * @default `seriesOnLaptop`
   */
  readonly plannedSeries?: number;
  /**
   * Retention of the metrics, such as `10d`. Error budgets cover at most this time.
   * @default `sloPeriod`
   */
  readonly history?: string;
  /**
   * Start of the links to runbooks, before `<AlertName>.md`.
   * @default '/runbooks', a path on the console
   */
  readonly runbookBaseUrl?: string;
  /**
   * Start of the links to dashboards, before the uid of the dashboard.
   * @default '/d', the path of Grafana
   */
  readonly dashboardBaseUrl?: string;
}

/** The rules in the shape of a Prometheus rule file and of the spec of a PrometheusRule object. */
export function prometheusRules(options: RuleOptions = {}): {
  readonly groups: readonly PrometheusRuleGroup[];
} {
  const groups = effectiveGroups(options);
  const adjust = adjustments(groups, options.overrides);
  // A group without rules is left out. For example, an environment can disable all alerts of a group.
  return {
    groups: groups
      .map((group) => prometheusGroup(group, options, adjust))
      .filter(({ rules }) => rules.length > 0),
  };
}

function effectiveGroups(options: RuleOptions): readonly RuleGroup[] {
  const {
    profile = 'production',
    batchPeriod = defaultBatchPeriod[profile],
    expected = expectedOnLaptop,
    plannedSeries = seriesOnLaptop,
    history,
  } = options;
  const settings = {
    batchPeriod: { ...defaultBatchPeriod, [profile]: batchPeriod },
    plannedSeries,
    budgetPeriod: history === undefined ? sloPeriod : budgetPeriodFor(history),
  };
  return ruleGroupsFor({ profile, expected }, settings).map((group) => ({
    ...group,
    alerting: (group.alerting ?? []).filter((rule) => replacedBy(rule, options) === undefined),
  }));
}

export function replacedBy(
  { chartAlert }: AlertingRule,
  options: Pick<RuleOptions, 'profile' | 'chartRules' | 'chartRulesOff'>,
): string | undefined {
  const { profile = 'production', chartRules = profile === 'production', chartRulesOff } = options;
  return chartRules && chartAlert && chartAlertRuns(chartAlert, chartRulesOff) ? chartAlert : undefined;
}

function prometheusGroup(group: RuleGroup, options: RuleOptions, adjust: Adjust): PrometheusRuleGroup {
  const { profile = 'production', overrides = {} } = options;
  const alerts = (group.alerting ?? []).filter(({ alert }) => overrides[alert]?.disabled === undefined);
  return {
    name: group.name,
    ...(group.interval && { interval: group.interval[profile] }),
    rules: [
      ...(group.recording ?? []).map((rule) => recording(rule, profile, adjust)),
      ...alerts.map((rule) => alerting(rule, options, adjust)),
    ],
  };
}

function recording(rule: RecordingRule, profile: Profile, adjust: Adjust): PrometheusRule {
  const { record, expr, labels } = rule;
  return { record: record.name, expr: render(expr, profile, adjust), ...(labels && { labels }) };
}

function alerting(declared: AlertingRule, options: RuleOptions, adjust: Adjust): PrometheusRule {
  const { profile = 'production', runbookBaseUrl = '/runbooks', dashboardBaseUrl = '/d' } = options;
  const override = options.overrides?.[declared.alert];
  const rule = overridden(declared, override);
  return {
    alert: rule.alert,
    expr: render(rule.expr, profile, adjust),
    ...(rule.for && { for: rule.for[profile] }),
    labels: { severity: rule.severity, ...override?.labels },
    annotations: {
      summary: textFor(rule.summary, profile, adjust),
      description: textFor(rule.description, profile, adjust),
      runbook_url: `${runbookBaseUrl}/${rule.alert}.md`,
      dashboard_url: `${dashboardBaseUrl}/${rule.dashboard}`,
      ...override?.annotations,
    },
  };
}

/** Names of the alerts that link to the dashboard. */
export function alertsOf(dashboard: DashboardUid): readonly string[] {
  return ruleGroups.flatMap(({ alerting = [] }) =>
    alerting.filter((rule) => rule.dashboard === dashboard).map(({ alert }) => alert),
  );
}
