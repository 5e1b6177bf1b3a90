import type { AlertsApi, SampledSeries } from '../../../verify/alerts-api.ts';
import type { AlertRule, IncidentStep, Labels } from '../../alerting.ts';
import { keyOf, without } from './labels.ts';

const stepMs = 1000;

/** The fields `from`, `to` and `activeAt` are Unix times in milliseconds. */
export interface Lookup {
  readonly incident: string;
  readonly alert: string;
  readonly labels: Labels;
  readonly step: Extract<IncidentStep, 'conditionTrue' | 'firing' | 'conditionFalse'>;
  readonly from: number;
  readonly to: number;
  /** A time at which the alert was active. */
  readonly activeAt: number;
  readonly first: boolean;
}

/**
 * @returns Unix time in milliseconds; `null` if the time is unknown
 * @throws Error if Prometheus does not answer; Error if Prometheus has not stored the firing alert yet
 */
export function lookUp(prometheus: AlertsApi, lookup: Lookup, rule: AlertRule): Promise<number | null> {
  switch (lookup.step) {
    case 'conditionTrue':
      return conditionTrue(prometheus, lookup, rule);
    case 'conditionFalse':
      return conditionFalse(prometheus, lookup, rule);
    case 'firing':
      return firing(prometheus, lookup, rule);
  }
}

async function conditionTrue(prometheus: AlertsApi, lookup: Lookup, rule: AlertRule): Promise<number | null> {
  const times = await trueTimes(prometheus, lookup, rule);
  const start = lookup.first ? times[0] : runAt(times, lookup.activeAt)?.start;
  // The condition became true after the last sample, shortly before `to`.
  if (start === undefined) return lookup.to;
  // If the condition was already true at `from`, the start is unknown.
  return start === lookup.from ? null : start;
}

async function conditionFalse(
  prometheus: AlertsApi,
  lookup: Lookup,
  rule: AlertRule,
): Promise<number | null> {
  const run = runAt(await trueTimes(prometheus, lookup, rule), lookup.activeAt);
  return run ? Math.min(run.end + stepMs, lookup.to) : null;
}

async function trueTimes(
  prometheus: AlertsApi,
  { labels, from, to }: Lookup,
  { expr, labels: added }: AlertRule,
): Promise<readonly number[]> {
  const range = { from: from / 1000, to: to / 1000, step: stepMs / 1000 };
  const ofRule = ['alertname', ...Object.keys(added)];
  const wanted = keyOf(without(labels, ofRule));
  const series = await prometheus.range(expr, range);
  return timesOf(series.filter(({ metric }) => keyOf(without(metric, ['__name__', ...ofRule])) === wanted));
}

async function firing(
  prometheus: AlertsApi,
  { alert, labels, from }: Lookup,
  { forSeconds, intervalSeconds }: AlertRule,
): Promise<number> {
  // Four intervals are added for late evaluations.
  // One second is added because a PromQL range excludes its start.
  const seconds = Math.ceil(forSeconds + 4 * intervalSeconds) + 1;
  const selector = `ALERTS{alertname=${JSON.stringify(alert)}, alertstate="firing"}[${seconds}s]`;
  const series = await prometheus.samples(selector, from / 1000 + seconds - 1);
  const wanted = keyOf(labels);
  const times = timesOf(
    series.filter(({ metric }) => keyOf(without(metric, ['__name__', 'alertstate'])) === wanted),
  );
  const found = times.find((time) => time >= from);
  // Prometheus reports an alert before its sample is stored. A later attempt finds the sample.
  if (found === undefined) {
    throw new Error(
      `Prometheus has not stored a sample of the firing alert ${alert} yet. The console searches again later.`,
    );
  }
  return found;
}

function timesOf(series: readonly SampledSeries[]): readonly number[] {
  return [...new Set(series.flatMap(({ values }) => values.map(([time]) => Math.round(time * 1000))))].sort(
    (one, other) => one - other,
  );
}

/**
 * The period that contains `at`, or the last period before `at`.
 * @param times ascending, in Unix milliseconds
 */
function runAt(
  times: readonly number[],
  at: number,
): { readonly start: number; readonly end: number } | undefined {
  const index = times.findLastIndex((time) => time <= at);
  if (index < 0) return undefined;
  const isNext = (one: number) => (times[one + 1] as number) - (times[one] as number) <= stepMs;
  let first = index;
  while (first > 0 && isNext(first - 1)) first -= 1;
  let last = index;
  while (last < times.length - 1 && isNext(last)) last += 1;
  return { start: times[first] as number, end: times[last] as number };
}
