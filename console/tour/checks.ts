import { clusters } from '../../config/topology.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { and, group, lt, select, sub, time, unless, type Vector } from '../../metrics/promql.ts';
import type { Check, CheckTime } from './step.ts';

/** Returns one series if each given vector has at least one series. Otherwise, returns nothing. */
export function allOf(first: Vector, ...others: readonly Vector[]): Vector {
  return others.reduce<Vector>((all, other) => and(all, group(other)), group(first));
}

/** Returns a series only if all four ways deliver data: two scrapes, remote write and a push. */
export const fourWays = allOf(
  select(natsMetrics.connections, { cluster: clusters.primary.cluster }),
  select(usdtMetrics.rate),
  select(natsMetrics.connections, { cluster: clusters.edge.cluster }),
  select(batchMetrics.success),
);

/** Returns `vector`, or nothing if `other` has a series. */
export const without = <L extends string>(vector: Vector<L>, other: Vector): Vector<L> =>
  unless(vector, group(other), { on: [] });

export const laterThanAction = <L extends string>(timestamps: Vector<L>, { seconds }: CheckTime): Vector<L> =>
  lt(sub(time(), timestamps), seconds);

export function firing(alertname: string, labels: { readonly cluster?: string } = {}): Vector {
  return select(prometheusMetrics.alerts, { alertname, alertstate: 'firing', ...labels });
}

interface Times {
  readonly fromScrape?: number;
  readonly untilScrape: number;
}

export function effect(after: string, times: Times, proves: string, expr: (at: CheckTime) => Vector): Check {
  return { after, ...times, proves, expr };
}

/** A check that needs no earlier action. Every running pipeline has the data for the check. */
export function state(proves: string, expr: Vector): Check {
  return { proves, expr };
}
