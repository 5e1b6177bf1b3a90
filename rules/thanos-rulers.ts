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
import type { AlertingRule } from './rule.ts';
import { text } from './text.ts';
import { limit, ratio } from './threshold.ts';

const { up } = targetMetrics;
const { ruleEvaluations } = thanosConnectionMetrics;
const { alertsDropped, alertsOverflowed } = thanosRuleMetrics;
const { sent, failed, retried } = remoteWriteMetrics;

const window = lookback('5m');
const quarter = lookback('15m');
/** Time without a recorded sample that makes the alert pending. The restart of a ruler takes less time. */
const silence = lookback('3m');
const ruler = { job: jobs.thanosRuler } as const;
const perInstance = ['instance'] as const;

/** Thresholds of the alerts on the rulers. */
export const rulerThresholds = {
  /** Share of the samples of a ruler that the routers do not accept. */
  failedRecordings: ratio(0.05, 0.001, 0.9),
} as const;

const { failedRecordings } = rulerThresholds;

const started = select(processMetrics.startTime, ruler);
/** The rulers that run now and ran `quarter` ago as the same process. */
const settledRulers = eq(started, offset(started, quarter));

/** For each ruler: the samples per second in a counter of its remote write. */
const written = (metric: typeof sent | typeof failed | typeof retried) =>
  sum(rate(range(select(metric, ruler), window)), perInstance);

/** Alerts on the rulers of Thanos. */
export const rulerAlerts = [
  {
    alert: 'ThanosRuleEvaluationFailing',
    expr: gt(
      sum(increase(range(select(prometheusMetrics.ruleFailures, ruler), window)), ['instance', 'rule_group']),
      0,
    ),
    // The restart of an ingester makes evaluations fail for some seconds, and a rolling update restarts each ingester.
    for: pending('15m'),
    severity: 'critical',
    windows: [window],
    summary: 'The ruler {{ $labels.instance }} cannot evaluate rules of {{ $labels.rule_group }}.',
    description: text`{{ $value | humanize }} evaluations of {{ $labels.rule_group }} failed within ${window}. The querier does not answer, or a rule is wrong. An alert of that group may not fire.`,
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
      'The ruler {{ $labels.instance }} answers scrapes and evaluates nothing: it has loaded no rules, or its evaluation hangs. Only the other ruler sends alerts.',
    dashboard: 'thanos',
  },
  {
    alert: 'ThanosRulerAlertsDropped',
    // During a move to another engine, a ruler without Alertmanager counts every alert as dropped. After a restart with
    // an Alertmanager, the increase still contains these alerts. Therefore a recently restarted ruler does not count.
    expr: and(
      gt(
        add(
          increase(range(select(alertsDropped, ruler), quarter)),
          increase(range(select(alertsOverflowed, ruler), quarter)),
        ),
        0,
      ),
      settledRulers,
      { on: perInstance },
    ),
    severity: 'critical',
    windows: [quarter],
    lasts: quarter,
    summary: 'The ruler {{ $labels.instance }} dropped alerts on their way to Alertmanager.',
    description: text`The ruler {{ $labels.instance }} dropped {{ $value | humanize }} alerts within ${quarter}, because no Alertmanager took them or because its queue was full. Notifications of those alerts may be missing.`,
    dashboard: 'thanos',
  },
  {
    alert: 'ThanosRulerWritesFailing',
    // `sent` counts each attempt. Therefore the quotient is the share of samples in attempts that failed.
    expr: gt(div(add(written(failed), written(retried)), written(sent)), limit(failedRecordings)),
    // The restart of an ingester makes writes fail for some seconds, and a rolling update restarts each ingester.
    for: pending('10m'),
    severity: 'critical',
    thresholds: { failed: failedRecordings },
    windows: [window],
    summary:
      'The ruler {{ $labels.instance }} cannot store {{ $value | humanizePercentage }} of its recorded samples.',
    description: text`The routers do not accept {{ $value | humanizePercentage }} of the samples that the ruler {{ $labels.instance }} sends, more than ${failedRecordings}. The ruler evaluates the rules, but recorded series and the states of its alerts are missing. If no other ruler writes them, alerts on recorded series cannot fire.`,
    dashboard: 'thanos',
  },
  {
    alert: 'ThanosNothingRecorded',
    // Only the rulers write this series, and its rule needs no other series. An evaluation without an error does not
    // prove that its result is stored.
    expr: absentOverTime(range(select(recorded.configured), silence)),
    for: pending('5m'),
    severity: 'critical',
    windows: [silence],
    summary: 'Thanos has stored no recorded sample of any ruler.',
    description: text`The queriers find no recorded sample that is younger than ${silence}. The rulers cannot write to the routers, or the routers store nothing. Alerts on recorded series cannot fire, such as the alerts on silent edges and on objectives.`,
    dashboard: 'thanos',
  },
] as const satisfies readonly AlertingRule[];
