import { scrapeIntervalSeconds } from '../config/topology.ts';
import { batchPusherMetrics } from '../metrics/definitions/batch-pusher.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { usdtMetrics } from '../metrics/definitions/usdt.ts';
import { type Duration, lookback, seconds } from '../metrics/duration.ts';
import {
  above,
  and,
  divide,
  equal,
  increase,
  inSeconds,
  max,
  not,
  or,
  over,
  perProfile,
  select,
  sum,
  sumOverTime,
  type Vector,
} from '../metrics/promql.ts';
import { jobs } from '../sources/index.ts';
import type { AlertingRule, DashboardUid, RuleGroup } from './rule.ts';
import { usdtReading } from './selectors.ts';

/** A service level objective of the pipeline, judged at each evaluation: a time is either good or bad. */
export interface Slo {
  /** Value of the label `slo`. */
  readonly name: string;
  /** Begins the names of its alerts. */
  readonly alertPrefix: string;
  /** What is promised, as a sentence. */
  readonly promise: string;
  /** Share of the time, over 30 days, in which the promise holds. */
  readonly objective: number;
  /** 1 while the promise is broken, else 0. */
  readonly bad: Vector;
  readonly dashboard: DashboardUid;
}

/** 1 if a series of either side is bad, 0 if all are good. One side without series, as of a target that pushes, is enough. */
const either = (left: Vector, right: Vector) => max(or(or(above(left, 0), right), left));

const unanswering = (job: string) => equal(select(targetMetrics.up, { job }), 0, { bool: true });

const pushBad = either(
  above(
    sum(increase(over(select(batchPusherMetrics.pushes, { outcome: not('pushed') }), lookback('5m')))),
    0,
    { bool: true },
  ),
  unanswering(jobs.pushgateway),
);

const exporterBad = either(
  equal(usdtReading(usdtMetrics.up), 0, { bool: true }),
  unanswering(jobs.usdtExporter),
);

export const slos: readonly Slo[] = [
  {
    name: 'freshness',
    alertPrefix: 'FreshnessSlo',
    promise: 'a cluster’s NATS samples are in the central Prometheus within two minutes',
    objective: 0.99,
    bad: above(select(recorded.dataAge), inSeconds({ production: '2m', laptop: '20s' }), { bool: true }),
    dashboard: 'multi-cluster',
  },
  {
    name: 'push',
    alertPrefix: 'PushSlo',
    promise: 'a batch run’s report reaches the Pushgateway',
    objective: 0.99,
    bad: pushBad,
    dashboard: 'airflow-metrics',
  },
  {
    name: 'exporter',
    alertPrefix: 'ExporterSlo',
    promise: 'the USDT exporter answers and its last refresh succeeded',
    objective: 0.99,
    bad: exporterBad,
    dashboard: 'usdt-vnd',
  },
];

interface BurnWindow {
  /** The budget is spent this many times faster than would just last 30 days. */
  readonly factor: number;
  readonly long: string;
  /** Ends the alert soon after the fault. */
  readonly short: string;
}

/** From the Site Reliability Workbook, chapter 5: 2 % of the budget in an hour and 5 % in six page, 10 % in a day or three wait. */
const fast: readonly BurnWindow[] = [
  { factor: 14.4, long: '1h', short: '5m' },
  { factor: 6, long: '6h', short: '30m' },
];
const slow: readonly BurnWindow[] = [
  { factor: 3, long: '1d', short: '2h' },
  { factor: 1, long: '3d', short: '6h' },
];

/** Share of the time in which a promise may be broken. */
export const budgetOf = ({ objective }: Slo): number => Number((1 - objective).toPrecision(6));

/** Between evaluations of the indicators, which are counted. */
const interval: Duration = {
  production: `${scrapeIntervalSeconds.cluster}s`,
  laptop: `${scrapeIntervalSeconds.laptop}s`,
};

/**
 * How many times faster than allowed the budget was spent over a window. What was not judged counts as good, so that
 * the first bad minute of a new installation does not stand for an hour.
 */
function burnRate(slo: Slo, window: string) {
  const span = lookback(window);
  const bad = sumOverTime(over(select(recorded.sloBad, { slo: slo.name }), span));
  const allowed = perProfile(
    (profile) => (seconds(span[profile]) / seconds(interval[profile])) * budgetOf(slo),
  );
  return divide(bad, allowed);
}

const burning = (slo: Slo, { factor, long, short }: BurnWindow) =>
  and(above(burnRate(slo, long), factor), above(burnRate(slo, short), factor));

function burnAlert(slo: Slo, speed: 'Fast' | 'Slow'): AlertingRule {
  const [first, second] = (speed === 'Fast' ? fast : slow) as [BurnWindow, BurnWindow];
  const where = '{{ with $labels.cluster }} for {{ . }}{{ end }}';
  return {
    alert: `${slo.alertPrefix}Burning${speed}`,
    // Without this condition, the past of a removed cluster would fire: the objective of that cluster has no current
    // value.
    expr: and(or(burning(slo, first), burning(slo, second)), select(recorded.sloBad, { slo: slo.name })),
    severity: speed === 'Fast' ? 'critical' : 'warning',
    summary: `The error budget of the ${slo.name} objective${where} is spent {{ $value | humanize }} times too fast.`,
    description: `Promised${where}: ${slo.promise}, ${slo.objective * 100} % of the time. At {{ $value | humanize }} times the allowed pace the budget of 30 days will not last.`,
    dashboard: slo.dashboard,
  };
}

/** Whether the promises of the pipeline are kept: one definition gives an indicator and its burn-rate alerts. */
export const sloRules: RuleGroup = {
  name: 'slo',
  interval,
  recording: slos.map((slo) => ({ record: recorded.sloBad, expr: slo.bad, labels: { slo: slo.name } })),
  alerting: slos.flatMap((slo) => [burnAlert(slo, 'Fast'), burnAlert(slo, 'Slow')]),
};
