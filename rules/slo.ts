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

export const sloPeriod = lookback('30d');

/** A service level objective of the pipeline. */
export interface Slo {
  /** Value of the label `slo`. */
  readonly name: string;
  readonly alertPrefix: string;
  readonly promise: AlertText;
  /** Minimum share of `sloPeriod` in which the condition must be met. */
  readonly objective: number;
  /** For each series: 1 if the condition of the objective is not met at this time, otherwise 0. */
  readonly bad: Vector;
  readonly dashboard: DashboardUid;
}

/** Returns 1 (bad) if `left` or `right` is 1. PromQL `left or right` alone returns 0 if `left` is 0. */
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

/** A NATS sample that is older than this duration breaks the freshness objective. */
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
  promise: 'the Pushgateway answers, and every report of a batch run reaches it',
  objective: sloObjectives.push,
  bad: pushBad,
  dashboard: 'airflow-metrics',
} as const satisfies Slo;

export const exporterObjective = {
  name: 'exporter',
  alertPrefix: 'ExporterSlo',
  promise: 'the USDT exporter answers, and its last refresh succeeded',
  objective: sloObjectives.exporter,
  bad: exporterBad,
  dashboard: 'usdt-vnd',
} as const satisfies Slo;

export const slos = [freshnessObjective, pushObjective, exporterObjective] as const satisfies readonly Slo[];

export interface BurnWindow {
  /** The alert fires above this burn rate. At burn rate 1, the error budget lasts exactly 30 days. */
  readonly factor: number;
  readonly long: Duration;
  /** The short window. After the end of a fault, the alert continues to fire for about this time. */
  readonly short: Duration;
}

const burnWindow = (factor: number, long: string, short: string): BurnWindow => ({
  factor,
  long: lookback(long),
  short: lookback(short),
});

/** Source: Site Reliability Workbook, chapter 5. */
export const burnWindows = {
  // The burn rate 14.4 uses 2 % of the error budget in one hour. The burn rate 6 uses 5 % in six hours.
  fast: { first: burnWindow(14.4, '1h', '5m'), second: burnWindow(6, '6h', '30m') },
  // The burn rate 1 uses 10 % of the error budget in three days.
  slow: { first: burnWindow(1, '3d', '6h') },
} as const satisfies Readonly<Record<string, Readonly<Record<string, BurnWindow>>>>;

/** Share of the time in which the condition may be unmet. */
export const budgetOf = ({ objective }: Slo): number => Number((1 - objective).toPrecision(6));

/** Time between two evaluations of the objectives. */
const interval: Duration = {
  production: `${scrapeIntervalSeconds.cluster}s`,
  laptop: `${scrapeIntervalSeconds.laptop}s`,
};

/** Bad evaluations in `span`, divided by the allowed number. Missing evaluations count as good. */
export function burnRate(slo: Slo, span: Duration) {
  const bad = sumOverTime(range(select(recorded.sloBad, { slo: slo.name }), span));
  const allowed = perProfile(
    (profile) => (seconds(span[profile]) / seconds(interval[profile])) * budgetOf(slo),
  );
  return div(bad, allowed);
}

/** No burn rate is above 1 / error budget. An alert with a higher threshold would never fire. */
const factorOf = (slo: Slo, { factor }: BurnWindow): NumberThreshold =>
  times(factor, 1, Math.max(factor, Math.floor(0.9 / budgetOf(slo))));

const burning = (slo: Slo, factor: NumberThreshold, { long, short }: BurnWindow) =>
  and(gt(burnRate(slo, long), limit(factor)), gt(burnRate(slo, short), limit(factor)));

function burnAlert<const S extends Slo, const V extends 'Fast' | 'Slow', const N extends string>(
  slo: S,
  speed: V,
  windows: Readonly<Record<N, BurnWindow>>,
) {
  const pairs = Object.entries<BurnWindow>(windows);
  // Two alerts must not share a threshold object. An override of one alert would change both alerts.
  const thresholds = Object.fromEntries(
    pairs.map(([name, window]) => [name, factorOf(slo, window)]),
  ) as Record<N, NumberThreshold>;
  const where = '{{ with $labels.cluster }} for {{ . }}{{ end }}';
  return {
    alert: `${slo.alertPrefix as S['alertPrefix']}Burning${speed}` as const,
    // `and` excludes removed clusters, which still have old samples in the window.
    expr: and(
      pairs
        .map(([name, window]) => burning(slo, thresholds[name as N], window))
        .reduce((left, right) => or(left, right)),
      select(recorded.sloBad, { slo: slo.name }),
    ),
    severity: speed === 'Fast' ? 'critical' : 'warning',
    thresholds,
    windows: pairs.flatMap(([, { long, short }]) => [long, short]),
    summary: `The error budget of the ${slo.name} objective${where} is spent {{ $value | humanize }} times too fast.`,
    description: text`The objective${where} requires: ${slo.promise}, for at least ${percent(slo.objective)} of 30 days. The pipeline spends the error budget {{ $value | humanize }} times as fast as the objective permits.`,
    dashboard: slo.dashboard,
  } satisfies AlertingRule;
}

const burnAlerts = slos.map((slo) => ({
  fast: burnAlert(slo, 'Fast', burnWindows.fast),
  slow: burnAlert(slo, 'Slow', burnWindows.slow),
}));

/** Thresholds of the critical alerts for the burn rate in the last hour, such as 14.4. */
export const pageFactors: readonly NumberThreshold[] = burnAlerts.map(({ fast }) => fast.thresholds.first);

export const sloRules = ruleGroup({
  name: 'slo',
  interval,
  recording: slos.map((slo) => ({ record: recorded.sloBad, expr: slo.bad, labels: { slo: slo.name } })),
  alerting: burnAlerts.flatMap(({ fast, slow }) => [fast, slow]),
});
