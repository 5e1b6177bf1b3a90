import { scrapeIntervalSeconds, sloObjectives } from '../config/knobs.ts';
import { batchPusherMetrics, type PushOutcome } from '../metrics/definitions/batch-pusher.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { usdtMetrics } from '../metrics/definitions/usdt.ts';
import { type Duration, lookback, seconds } from '../metrics/duration.ts';
import {
  and,
  div,
  eq,
  gt,
  increase,
  max,
  not,
  or,
  perProfile,
  range,
  select,
  sum,
  sumOverTime,
  type Vector,
} from '../metrics/promql.ts';
import { jobs } from '../sources/index.ts';
import { type AlertingRule, type DashboardUid, ruleGroup } from './rule.ts';
import { usdtReading } from './selectors.ts';
import { type AlertText, text } from './text.ts';
import { duration, limit, type NumberThreshold, percent, times } from './threshold.ts';

/** Time over which an objective counts. */
export const sloPeriod = lookback('30d');

/** A service level objective of the pipeline. Each evaluation counts as good or bad. */
export interface Slo {
  /** Value of the label `slo`. */
  readonly name: string;
  /** The start of the names of the objective's alerts. */
  readonly alertPrefix: string;
  /** The condition that the objective requires, as a sentence without a full stop. */
  readonly promise: AlertText;
  /** Share of `sloPeriod` in which the condition must be met. */
  readonly objective: number;
  /** Returns 1 while the condition is not met, otherwise 0. */
  readonly bad: Vector;
  readonly dashboard: DashboardUid;
}

/**
 * Returns 1 if a series of one of the two vectors is bad, and 0 if all series are good. One vector may be empty: for
 * example, a function that pushes has no scrape. The operator `or` leaves out a series on the right that has the same
 * labels as a series on the left. Therefore a good series on the left must not hide a bad series on the right.
 */
const either = (left: Vector, right: Vector) => max(or(or(gt(left, 0), right), left));

const unanswering = (job: string) => eq(select(targetMetrics.up, { job }), 0, { bool: true });

const pushWindow = lookback('5m');

const pushBad = max(
  or(
    gt(
      sum(
        increase(
          range(
            select(batchPusherMetrics.pushes, { outcome: not('pushed' satisfies PushOutcome) }),
            pushWindow,
          ),
        ),
      ),
      0,
      { bool: true },
    ),
    unanswering(jobs.pushgateway),
  ),
);

const exporterBad = either(
  eq(usdtReading(usdtMetrics.up), 0, { bool: true }),
  unanswering(jobs.usdtExporter),
);

/** Age of the newest NATS sample that the freshness objective still allows. */
export const freshnessLimit = duration({ production: '2m', laptop: '20s' }, '30s', '1h');

const freshnessObjective = {
  name: 'freshness',
  alertPrefix: 'FreshnessSlo',
  promise: text`the NATS samples of a cluster reach the central Prometheus within ${freshnessLimit}`,
  objective: sloObjectives.freshness,
  bad: gt(select(recorded.dataAge), limit(freshnessLimit), { bool: true }),
  dashboard: 'multi-cluster',
} as const satisfies Slo;

export const pushObjective = {
  name: 'push',
  alertPrefix: 'PushSlo',
  promise: 'the Pushgateway answers and the report of a batch run reaches it',
  objective: sloObjectives.push,
  bad: pushBad,
  dashboard: 'airflow-metrics',
} as const satisfies Slo;

export const exporterObjective = {
  name: 'exporter',
  alertPrefix: 'ExporterSlo',
  promise: 'the USDT exporter answers and its last refresh succeeded',
  objective: sloObjectives.exporter,
  bad: exporterBad,
  dashboard: 'usdt-vnd',
} as const satisfies Slo;

export const slos = [freshnessObjective, pushObjective, exporterObjective] as const satisfies readonly Slo[];

export interface BurnWindow {
  /** Burn rate above which the alert fires. At burn rate 1, the error budget lasts exactly 30 days. */
  readonly factor: number;
  readonly long: Duration;
  /** The short window. The alert resolves about this long after the end of the fault. */
  readonly short: Duration;
}

const burnWindow = (factor: number, long: string, short: string): BurnWindow => ({
  factor,
  long: lookback(long),
  short: lookback(short),
});

/**
 * Two windows for each severity, from the Site Reliability Workbook, chapter 5. Critical: 2 % of the error budget is
 * spent in an hour, or 5 % in six hours. Warning: 10 % is spent in a day, or 10 % in three days.
 */
export const burnWindows = {
  fast: [burnWindow(14.4, '1h', '5m'), burnWindow(6, '6h', '30m')],
  slow: [burnWindow(3, '1d', '2h'), burnWindow(1, '3d', '6h')],
} as const satisfies Readonly<Record<string, readonly [BurnWindow, BurnWindow]>>;

/** The error budget: the share of the time in which the condition may be unmet. */
export const budgetOf = ({ objective }: Slo): number => Number((1 - objective).toPrecision(6));

/** Time between two evaluations of the objectives' `bad` expressions. The burn rate counts these evaluations. */
const interval: Duration = {
  production: `${scrapeIntervalSeconds.cluster}s`,
  laptop: `${scrapeIntervalSeconds.laptop}s`,
};

/**
 * The burn rate over a window: the spent error budget divided by the allowed error budget. A time without an evaluation
 * counts as good. Otherwise the first bad minute of a new installation would count as a bad hour.
 */
export function burnRate(slo: Slo, span: Duration) {
  const bad = sumOverTime(range(select(recorded.sloBad, { slo: slo.name }), span));
  const allowed = perProfile(
    (profile) => (seconds(span[profile]) / seconds(interval[profile])) * budgetOf(slo),
  );
  return div(bad, allowed);
}

/**
 * The burn rate is never higher than 1 divided by the budget, which is the burn rate of a condition that is never met.
 * A threshold must be lower.
 */
const factorOf = (slo: Slo, { factor }: BurnWindow): NumberThreshold =>
  times(factor, 1, Math.max(factor, Math.floor(0.9 / budgetOf(slo))));

const burning = (slo: Slo, factor: NumberThreshold, { long, short }: BurnWindow) =>
  and(gt(burnRate(slo, long), limit(factor)), gt(burnRate(slo, short), limit(factor)));

function burnAlert<const S extends Slo, const V extends 'Fast' | 'Slow'>(slo: S, speed: V) {
  const [first, second] = burnWindows[speed === 'Fast' ? 'fast' : 'slow'];
  // Each alert has its own thresholds, because an environment changes the thresholds of one alert only.
  const thresholds = { first: factorOf(slo, first), second: factorOf(slo, second) };
  const where = '{{ with $labels.cluster }} for {{ . }}{{ end }}';
  return {
    alert: `${slo.alertPrefix as S['alertPrefix']}Burning${speed}` as const,
    // A removed cluster still has bad samples in the window, but no current value of the objective. This condition
    // prevents an alert for such a cluster.
    expr: and(
      or(burning(slo, thresholds.first, first), burning(slo, thresholds.second, second)),
      select(recorded.sloBad, { slo: slo.name }),
    ),
    severity: speed === 'Fast' ? 'critical' : 'warning',
    thresholds,
    windows: [first.long, first.short, second.long, second.short],
    summary: `The error budget of the ${slo.name} objective${where} is spent {{ $value | humanize }} times too fast.`,
    description: text`The objective${where}: ${slo.promise}, ${percent(slo.objective)} of the time. The error budget of 30 days is spent {{ $value | humanize }} times faster than the objective allows.`,
    dashboard: slo.dashboard,
  } satisfies AlertingRule;
}

const burnAlerts = slos.map((slo) => ({ fast: burnAlert(slo, 'Fast'), slow: burnAlert(slo, 'Slow') }));

/** Burn rates over the shortest window above which a critical alert fires, one for each objective. */
export const pageFactors: readonly NumberThreshold[] = burnAlerts.map(({ fast }) => fast.thresholds.first);

/** Rules of the service level objectives. Each objective has a recording rule and two burn-rate alerts. */
export const sloRules = ruleGroup({
  name: 'slo',
  interval,
  recording: slos.map((slo) => ({ record: recorded.sloBad, expr: slo.bad, labels: { slo: slo.name } })),
  alerting: burnAlerts.flatMap(({ fast, slow }) => [fast, slow]),
});
