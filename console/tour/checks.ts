import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { and, type Expression, group, lt, select, sub, time, type Vector } from '../../metrics/promql.ts';
import type { Check, CheckTime } from './step.ts';

/** Has a series only if each vector has a series. */
export function allOf(first: Vector, ...others: readonly Vector[]): Vector {
  return others.reduce<Vector>((all, other) => and(all, group(other)), group(first));
}

/** Keeps Unix times (in seconds) that are later than the action. */
export const laterThanAction = <L extends string>(timestamps: Vector<L>, { seconds }: CheckTime): Vector<L> =>
  lt(sub(time(), timestamps), seconds);

/** Returns a series when the alert fires. */
export function firing(alertname: string, labels: { readonly cluster?: string } = {}): Expression {
  return select(prometheusMetrics.alerts, { alertname, alertstate: 'firing', ...labels });
}

interface Times {
  readonly fromScrape?: number;
  readonly untilScrape: number;
}

/**
 * A check of the effect of an action. It is evaluated from scrape `fromScrape` to scrape `untilScrape` after the
 * action.
 */
export function effect(
  after: string,
  times: Times,
  proves: string,
  expr: (at: CheckTime) => Expression,
): Check {
  return { after, ...times, proves, expr };
}

/** A check of data that every running pipeline has. */
export function state(proves: string, expr: Expression): Check {
  return { proves, expr };
}
