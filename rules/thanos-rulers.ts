import { processMetrics } from '../metrics/definitions/process.ts';
import { prometheusMetrics } from '../metrics/definitions/prometheus.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { remoteWriteMetrics } from '../metrics/definitions/remote-write.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { thanosRuleMetrics } from '../metrics/definitions/thanos.ts';
import { thanosConnectionMetrics } from '../metrics/definitions/thanos-connections.ts';
import { lookback, pending } from '../metrics/duration.ts';
import {
  absentOverTime,
  add,
  and,
  div,
  eq,
  gt,
  increase,
  offset,
  range,
  rate,
  select,
  sum,
  unless,
} from '../metrics/promql.ts';
import { jobs } from '../sources/index.ts';
import { type AlertingRule, ruleGroup } from './rule.ts';
import { text } from './text.ts';
import { limit, ratio } from './threshold.ts';

const { up } = targetMetrics;
const { ruleEvaluations } = thanosConnectionMetrics;
const { alertsDropped, alertsOverflowed, rulesLoaded } = thanosRuleMetrics;
const { sent, failed, retried } = remoteWriteMetrics;

const window = lookback('5m');
const quarter = lookback('15m');
/** Longest permitted time without a recorded sample. A restart of a ruler takes less time. */
const silence = lookback('3m');
const ruler = { job: jobs.thanosRuler } as const;
const perInstance = ['instance'] as const;

export const rulerThresholds = {
  failedRecordings: ratio(0.05, 0.001, 0.9),
} as const;

const { failedRecordings } = rulerThresholds;

const started = select(processMetrics.startTime, ruler);
/** Rulers that did not restart in the last 15 minutes. */
const settledRulers = eq(started, offset(started, quarter));

const written = (metric: typeof sent | typeof failed | typeof retried) =>
  sum(rate(range(select(metric, ruler), window)), perInstance);

export const rulerAlerts = [
  {
    alert: 'ThanosRuleEvaluationFailing',
    expr: gt(
      sum(increase(range(select(prometheusMetrics.ruleFailures, ruler), window)), ['instance', 'rule_group']),
      0,
    ),
    // Evaluations fail briefly at each restart of an ingester. A rolling update must not fire the alert.
    for: pending('15m'),
    severity: 'critical',
    windows: [window],
    summary: 'The ruler {{ $labels.instance }} cannot evaluate rules of {{ $labels.rule_group }}.',
    description: text`{{ $value | humanize }} evaluations of {{ $labels.rule_group }} failed within ${window}. The querier does not answer, or a rule is wrong. Alerts of that group can be missing.`,
    dashboard: 'thanos',
  },
  {
    alert: 'ThanosRulerIdle',
    expr: unless(
      eq(select(up, ruler), 1),
      gt(sum(rate(range(select(ruleEvaluations, ruler), window)), perInstance), 0),
      { on: perInstance },
    ),
    for: pending('10m'),
    severity: 'critical',
    windows: [window],
    summary: 'The ruler {{ $labels.instance }} evaluates no rule.',
    description:
      'The ruler {{ $labels.instance }} answers scrapes and evaluates no rule. It has loaded no rules, or its evaluation hangs. Only the other ruler sends alerts.',
    dashboard: 'thanos',
  },
  {
    alert: 'ThanosRulerReloadFailed',
    expr: eq(select(rulesLoaded, ruler), 0),
    for: pending('10m'),
    severity: 'critical',
    summary: 'The ruler {{ $labels.instance }} could not load its rules.',
    description:
      'New and changed rules have no effect in the ruler {{ $labels.instance }}. After a restart, the ruler cannot start with the refused rules.',
    dashboard: 'thanos',
  },
  {
    alert: 'ThanosRulerWritesFailing',
    // The counter `sent` also counts the failed and the retried attempts.
    expr: gt(div(add(written(failed), written(retried)), written(sent)), limit(failedRecordings)),
    // `for` is longer than a rolling update of the ingesters. During such an update, some writes fail.
    for: pending('10m'),
    severity: 'critical',
    thresholds: { failed: failedRecordings },
    windows: [window],
    summary:
      'The ruler {{ $labels.instance }} cannot store {{ $value | humanizePercentage }} of its recorded samples.',
    description: text`The routers do not accept {{ $value | humanizePercentage }} of the samples that the ruler {{ $labels.instance }} sends. The alert fires above ${failedRecordings}. The ruler evaluates the rules, but recorded series and the states of its alerts are missing. If no other ruler writes them, alerts on recorded series cannot fire.`,
    dashboard: 'thanos',
  },
  {
    alert: 'ThanosNothingRecorded',
    // Every ruler writes the series `recorded.configured` at each evaluation.
    expr: absentOverTime(range(select(recorded.configured), silence)),
    for: pending('5m'),
    severity: 'critical',
    windows: [silence],
    summary: 'Thanos has stored no recorded sample of any ruler.',
    description: text`The queriers find no recorded sample that is younger than ${silence}. The rulers cannot write to the routers, or the routers store nothing. Alerts on recorded series cannot fire, such as the alerts on silent edges and on objectives.`,
    dashboard: 'thanos',
  },
] as const satisfies readonly AlertingRule[];

/** An environment whose rulers have no Alertmanager does not get this group. */
export const rulerNotificationRules = ruleGroup({
  name: 'thanos-ruler-notifications',
  engine: 'thanos',
  needs: 'ruler-notifications',
  alerting: [
    {
      alert: 'ThanosRulerAlertsDropped',
      expr: and(
        gt(
          add(
            increase(range(select(alertsDropped, ruler), quarter)),
            increase(range(select(alertsOverflowed, ruler), quarter)),
          ),
          0,
        ),
        // Before its last restart, a ruler possibly had no Alertmanager and dropped every alert.
        settledRulers,
        { on: perInstance },
      ),
      severity: 'critical',
      windows: [quarter],
      lasts: quarter,
      summary: 'The ruler {{ $labels.instance }} dropped alerts on their way to Alertmanager.',
      description: text`The ruler {{ $labels.instance }} dropped {{ $value | humanize }} alerts within ${quarter}, because no Alertmanager accepted them, or because its queue was full. Notifications of those alerts may be missing.`,
      dashboard: 'thanos',
    },
  ],
});
