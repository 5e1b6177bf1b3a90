import { batchJob, etlDagId } from '../config/topology.ts';
import { batchMetrics } from '../metrics/definitions/batch.ts';
import { batchPusherMetrics } from '../metrics/definitions/batch-pusher.ts';
import { processMetrics } from '../metrics/definitions/process.ts';
import { pushGroupMetrics } from '../metrics/definitions/pushgateway.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { type Duration, lookback, multiple, pending } from '../metrics/duration.ts';
import {
  absentOverTime,
  add,
  and,
  avg,
  avgOverTime,
  div,
  eq,
  group,
  gt,
  increase,
  inSeconds,
  lt,
  max,
  mul,
  not,
  offset,
  or,
  range,
  select,
  sub,
  sum,
  time,
  type Vector,
} from '../metrics/promql.ts';
import { jobs } from '../sources/index.ts';
import type { RuleGroup } from './rule.ts';

const { success, durationSeconds, lastSuccess, periodSeconds, extracted, transformed, loaded } = batchMetrics;
const perDag = ['job', 'dag_id'] as const;
const day = lookback('1d');
const quarter = lookback('15m');
const ofGateway = { job: jobs.pushgateway } as const;
const { lastPush, lastFailure } = pushGroupMetrics;
/** The environment's own batch, whose period the configuration gives. */
const ofBatch = { job: batchJob, dag_id: etlDagId } as const;
/** Periods after which a run is late, and after which the data is stale. */
const late = 1.25;
const stale = 3;

/**
 * Seconds from one run of a job to the next, as the job reports it. The environment's own batch has a period even when
 * its group was pushed without one; any other job without a period has no series here, and therefore no alert.
 */
const expectedPeriod = (period: Duration) =>
  or(select(periodSeconds), add(mul(select(lastPush, ofBatch), 0), inSeconds(period)));

/** Seconds since a Unix time; nothing for a time of 0, which stands for "never". */
const since = <L extends string>(timestamp: Vector<L>) => sub(time(), gt(timestamp, 0));

/** How long the environment's own batch may take to its first report. Airflow needs minutes to start on a laptop. */
const firstReport = (period: Duration): Duration => ({ ...multiple(late, period), laptop: '5m' });

/** Seconds that a Pushgateway has run without any report of the environment's own batch. */
const neverReported = (period: Duration) =>
  mul(
    absentOverTime(range(select(success, ofBatch), firstReport(period))),
    max(since(select(processMetrics.startTime, ofGateway))),
    { on: [], manyToOne: true },
  );

/** Unix time of a group's last push, stored or refused: one of the two is 0 for a group that knows only the other. */
const lastAttempt = or(gt(select(lastFailure), select(lastPush)), select(lastPush));

/** Names a batch in a text. Each group of the Pushgateway has a job; the other labels of its key are optional. */
const batchName = '{{ $labels.job }}{{ with $labels.dag_id }} ({{ . }}){{ end }}';

/**
 * Whether batch runs happen, succeed, keep their records and get their report through.
 *
 * @param period from one run of the environment's own batch to the next
 */
export const batchRules = (period: Duration): RuleGroup => ({
  name: 'batch',
  recording: [
    { record: recorded.batchSuccess, expr: avg(avgOverTime(range(select(success), lookback('1h'))), perDag) },
    {
      record: recorded.batchYield,
      expr: div(sum(select(loaded), perDag), sum(select(extracted), perDag)),
    },
  ],
  alerting: [
    {
      alert: 'BatchRunFailed',
      expr: eq(select(success), 0),
      for: pending('1m'),
      severity: 'warning',
      summary: `The last run of ${batchName} failed.`,
      description: `The last run of ${batchName} reported a failure. Duration and records shown are those of the last good run.`,
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchRunMissing',
      expr: or(
        gt(since(select(lastPush)), mul(late, expectedPeriod(period))),
        gt(neverReported(period), inSeconds(firstReport(period))),
      ),
      for: { production: '5m', laptop: '0s' },
      severity: 'warning',
      summary: `${batchName} has not reported for {{ $value | humanizeDuration }}.`,
      description: `No run of ${batchName}, good or bad, has reported for {{ $value | humanizeDuration }}: its schedule is off, its scheduler or worker is gone, or its report does not get through.`,
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchDataStale',
      expr: gt(since(select(lastSuccess)), mul(stale, expectedPeriod(period))),
      for: pending('5m'),
      severity: 'critical',
      summary: `${batchName} has not succeeded for {{ $value | humanizeDuration }}.`,
      description: `The last good run of ${batchName} ended {{ $value | humanizeDuration }} ago, three periods or more. Readers of its records work with old records.`,
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchRunSlow',
      expr: and(
        gt(select(durationSeconds), mul(2, avgOverTime(range(select(durationSeconds), day)))),
        gt(select(durationSeconds), 1),
      ),
      for: pending('1m'),
      severity: 'warning',
      summary: `${batchName} took {{ $value | humanizeDuration }}, twice as long as usual.`,
      description: `The last run of ${batchName} took {{ $value | humanizeDuration }}, more than twice its mean over the last day. If that goes on, runs overlap or come late.`,
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchRecordsLost',
      expr: gt(sub(select(transformed), select(loaded)), 0),
      for: pending('1m'),
      severity: 'critical',
      summary: `${batchName} lost {{ $value }} records between transform and load.`,
      description: `{{ $value }} records that the last good run of ${batchName} had transformed were not loaded, although it reported success.`,
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchVolumeLow',
      expr: lt(select(extracted), mul(0.5, avgOverTime(range(select(extracted), day)))),
      for: pending('1m'),
      severity: 'warning',
      summary: `${batchName} extracted only {{ $value }} records.`,
      description: `The last good run of ${batchName} extracted {{ $value }} records, less than half its mean over the last day. Its source was incomplete, or its filter is wrong.`,
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'PushFailed',
      expr: gt(
        sum(increase(range(select(batchPusherMetrics.pushes, { outcome: not('pushed') }), quarter)), [
          'outcome',
        ]),
        0,
      ),
      severity: 'warning',
      summary: 'The batch-pusher could not push: {{ $labels.outcome }}.',
      description:
        '{{ $value | humanize }} reports did not reach the Pushgateway after all retries, outcome {{ $labels.outcome }}. Prometheus still shows the runs before.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'PushRejected',
      expr: gt(select(lastFailure), select(lastPush)),
      severity: 'warning',
      summary: 'The Pushgateway refused the last report of {{ $labels.job }}.',
      description:
        'The last push of group job={{ $labels.job }}{{ with $labels.dag_id }}, dag_id={{ . }}{{ end }} was refused: it does not fit with what is stored (another type or help under the same name, or the same series twice). The group shows the push before.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'PushgatewayRestarted',
      expr: and(
        lt(sub(time(), select(processMetrics.startTime, ofGateway)), inSeconds(quarter)),
        group(offset(select(targetMetrics.up, ofGateway), quarter), ['job']),
        { on: ['job'] },
      ),
      severity: 'info',
      summary: 'The Pushgateway {{ $labels.instance }} restarted.',
      description:
        'The Pushgateway {{ $labels.instance }} started {{ $value | humanizeDuration }} ago. Pushes since its last write to disk are lost, all of them if it has no persistent volume.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'PushGroupAbandoned',
      expr: gt(since(lastAttempt), inSeconds({ production: '7d', laptop: '6h' })),
      severity: 'info',
      summary: 'Nobody has pushed to group {{ $labels.job }} for {{ $value | humanizeDuration }}.',
      description:
        'The group job={{ $labels.job }}{{ with $labels.dag_id }}, dag_id={{ . }}{{ end }} had its last push, stored or refused, {{ $value | humanizeDuration }} ago. The Pushgateway keeps it for ever, and each scrape makes it look current.',
      dashboard: 'airflow-metrics',
    },
  ],
});
