import { setTimeout as delay } from 'node:timers/promises';
import type { PrometheusApi, Series } from '../../verify/prometheus-api.ts';
import { digestOf, type Part } from '../part.ts';
import type { Recording } from '../store.ts';

/** Seconds. The drill ignores the newest samples, because a late remote write can still add samples. */
const settleSeconds = 15;
/** Window in which every sample is compared. */
const comparedRange = '30m';
/** Ages of the compared samples, in hours. Every age is below the retention of ten days. */
const comparedAges = [1, 3, 12, 24, 48, 96, 216];
const queryMs = 60_000;
const stableWithinMs = 60_000;
const pollMs = 2000;

type Read = Pick<PrometheusApi, 'query'>;

/** Runs an action with a connection to a Prometheus. */
export type UsingPrometheus = <T>(action: (prometheus: Read) => Promise<T>) => Promise<T>;

/** A matcher of a PromQL selector. `JSON.stringify` escapes the value as PromQL expects. */
const equal = (label: string, value: string) => `${label}=${JSON.stringify(value)}`;

/**
 * Reads the samples until two reads are equal.
 * @throws Error if samples still arrive after one minute
 */
export async function recordSamples(using: UsingPrometheus): Promise<Recording> {
  const at = Math.floor(Date.now() / 1000) - settleSeconds;
  const reread = () => using((prometheus) => samplesAt(prometheus, at));
  const deadline = Date.now() + stableWithinMs;
  let parts = await reread();
  for (;;) {
    await delay(pollMs);
    const again = await reread();
    if (digestOf(again) === digestOf(parts)) return { parts, reread };
    if (Date.now() > deadline) {
      throw new Error(
        `Prometheus still receives samples from before ${new Date(at * 1000).toISOString()}. Wait until every edge has sent its late samples, and start the drill again.`,
      );
    }
    parts = again;
  }
}

async function samplesAt(prometheus: Read, at: number): Promise<readonly Part[]> {
  const query = (expr: string) => prometheus.query(expr, { deadlineMs: queryMs });
  const groups = await query(
    `count by (job, cluster) (last_over_time({__name__=~".+"}[${comparedRange}] @ ${at}))`,
  );
  const parts: Part[] = [];
  // The queries run one after another, to limit the memory of Prometheus and of this process.
  for (const { metric } of groups) {
    const { job = '', cluster = '' } = metric;
    const selector = `{__name__=~".+", ${equal('job', job)}, ${equal('cluster', cluster)}}`;
    const series = await query(`${selector}[${comparedRange}] @ ${at}`);
    parts.push({
      name: `job ${job || '(none)'}${cluster && ` of ${cluster}`}`,
      count: series.reduce((sum, { values = [] }) => sum + values.length, 0),
      unit: 'samples',
      digest: digestOfSeries(series),
    });
  }
  for (const hours of comparedAges) {
    const time = at - hours * 3600;
    const series = await query(`{__name__=~".+"} @ ${time}`);
    if (series.length === 0) continue;
    parts.push({
      name: `series at ${new Date(time * 1000).toISOString()}`,
      count: series.length,
      unit: 'older values',
      digest: digestOfSeries(series),
    });
  }
  return parts.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function digestOfSeries(series: readonly Series[]): string {
  const rows = series.map(({ metric, value, values }) => [
    JSON.stringify(Object.entries(metric).sort()),
    values ?? value?.[1],
  ]);
  return digestOf(rows.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)));
}

/** Unix time in milliseconds of the newest sample of `up` before the given time. */
export async function newestSample(prometheus: Read, before: number): Promise<number | undefined> {
  const series = await prometheus.query(`up[1d] @ ${(before / 1000).toFixed(3)}`, { deadlineMs: queryMs });
  const times = series.flatMap(({ values = [] }) => values.map(([time]) => time * 1000));
  const earlier = times.filter((time) => time <= before);
  return earlier.length > 0 ? earlier.reduce((one, other) => Math.max(one, other)) : undefined;
}
