import { batchJob, etlDagId } from '../config/topology.ts';
import { batchMetrics } from '../metrics/definitions/batch.ts';
import { batchPusherMetrics, type PushOutcome } from '../metrics/definitions/batch-pusher.ts';
import { processMetrics } from '../metrics/definitions/process.ts';
import { pushGroupMetrics } from '../metrics/definitions/pushgateway.ts';
import { recorded } from '../metrics/definitions/recorded.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { type Duration, lookback, multiple, pending } from '../metrics/duration.ts';
import {
  type Adjustable,
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
import { ruleGroup } from './rule.ts';
import { text } from './text.ts';
import { duration, type FollowingThreshold, limit, ratio, span, times } from './threshold.ts';

const { success, durationSeconds, lastSuccess, periodSeconds, extracted, transformed, loaded } = batchMetrics;
const perDag = ['job', 'dag_id'] as const;
const day = lookback('1d');
const quarter = lookback('15m');
const ofGateway = { job: jobs.pushgateway } as const;
const { lastPush, lastFailure } = pushGroupMetrics;
const pushed = 'pushed' satisfies PushOutcome;
/** Pending time of the alert `BatchRunMissing`. */
export const runMissingFor = { production: '5m', laptop: '0s' } as const;
const ofBatch = { job: batchJob, dag_id: etlDagId } as const;

export const batchThresholds = {
  /** An alert fires if a job sends no report within its period multiplied by this number. */
  late: times(1.25, 1, 10),
  /** Time without a successful run of a job, in periods of the job. */
  stale: times(3, 1, 30),
  /** An alert fires if a run takes longer than the mean duration of the job multiplied by this number. */
  slow: times(2, 1.1, 20),
  shortestSlowRun: duration({ production: '1s', laptop: '1s' }, '1s', '1h'),
  /** Number of records of a run, as a share of the job's mean number. */
  lowVolume: ratio(0.5, 0.01, 0.99),
  /** Maximum time by which the clock of a job may be ahead of the clock of the Pushgateway. */
  clockAhead: duration({ production: '1m', laptop: '10s' }, '5s', '1h'),
  /** A group of the Pushgateway counts as abandoned after this time without a push. */
  abandoned: duration({ production: '7d', laptop: '6h' }, '1d', '365d'),
  /** A Pushgateway counts as restarted while its uptime is shorter than this time. */
  restarted: duration(quarter, '1m', '1d'),
} as const;

const expectedPeriod = (period: Duration) =>
  or(select(periodSeconds), add(mul(select(lastPush, ofBatch), 0), inSeconds(period)));

/** Seconds since a Unix time. The time 0 has no result, because 0 means that the event never happened. */
const since = <L extends string>(timestamp: Vector<L>) => sub(time(), gt(timestamp, 0));

/** Maximum time from a start of the Pushgateway to the first report of the ETL job. */
export const firstReport = (period: Duration): Adjustable<Duration> => ({
  // Airflow on the laptop starts slowly.
  adjusted: (adjust) => ({ ...multiple(adjust(batchThresholds.late).value, period), laptop: '5m' }),
});

const declaredFirstReport = (period: Duration): FollowingThreshold => ({
  ...duration(
    firstReport(period).adjusted((declared) => declared),
    '1m',
    '30d',
  ),
  follows: 'late',
});

/** Returns a query for the uptime of the Pushgateway in seconds. */
const neverReported = (period: Duration) =>
  mul(
    // The Pushgateway repeats the last report in every scrape. Therefore an old report also counts.
    absentOverTime(range(select(success, ofBatch), firstReport(period))),
    max(since(select(processMetrics.startTime, ofGateway))),
    { on: [], manyToOne: true },
  );

/** Unix time of the last push, accepted or refused. */
const lastAttempt = or(gt(select(lastFailure), select(lastPush)), select(lastPush));

/** Every group of the Pushgateway has a job, but the label `dag_id` is optional. */
const batchName = '{{ $labels.job }}{{ with $labels.dag_id }} ({{ . }}){{ end }}';

/** Rules for batch jobs. `period` is the time between two runs of the platform's batch. */
export const batchRules = (period: Duration) =>
  ruleGroup({
    name: 'batch',
    recording: [
      {
        record: recorded.batchSuccess,
        expr: avg(avgOverTime(range(select(success), lookback('1h'))), perDag),
      },
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
        description: `The last run of ${batchName} reported a failure. The record counts that Prometheus shows belong to the last successful run.`,
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'BatchRunMissing',
        expr: or(
          gt(since(select(lastPush)), mul(limit(batchThresholds.late), expectedPeriod(period))),
          gt(neverReported(period), inSeconds(firstReport(period))),
        ),
        for: runMissingFor,
        severity: 'warning',
        thresholds: {
          late: batchThresholds.late,
          firstReport: declaredFirstReport(period),
        },
        windows: [declaredFirstReport(period).value],
        summary: `${batchName} has not reported for {{ $value | humanizeDuration }}.`,
        description: `${batchName} has sent no report for {{ $value | humanizeDuration }}, neither of a success nor of a failure. Either the job does not run, because its schedule is off or its scheduler or worker is down. Or its report does not reach the Pushgateway.`,
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'BatchDataStale',
        expr: gt(since(select(lastSuccess)), mul(limit(batchThresholds.stale), expectedPeriod(period))),
        for: pending('5m'),
        severity: 'critical',
        thresholds: { stale: batchThresholds.stale },
        summary: `${batchName} has not succeeded for {{ $value | humanizeDuration }}.`,
        description: text`The last successful run of ${batchName} ended {{ $value | humanizeDuration }} ago, more than ${batchThresholds.stale} periods of the job. Users of its records work with old records.`,
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'BatchClockAhead',
        // The clock of the job sets `lastSuccess`. The clock of the Pushgateway sets `lastPush`.
        expr: gt(sub(select(lastSuccess), select(lastPush)), limit(batchThresholds.clockAhead)),
        for: pending('1m'),
        severity: 'warning',
        thresholds: { ahead: batchThresholds.clockAhead },
        summary: `The clock of ${batchName} is {{ $value | humanizeDuration }} ahead.`,
        description: text`The time of the last success that ${batchName} reported is {{ $value | humanizeDuration }} later than the time at which the Pushgateway received the report. The alert fires above ${batchThresholds.clockAhead}. The clock of the job is wrong, or its timestamp is not in seconds. BatchDataStale cannot fire for the job until the reported time has passed.`,
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'BatchRunSlow',
        expr: and(
          gt(
            select(durationSeconds),
            mul(limit(batchThresholds.slow), avgOverTime(range(select(durationSeconds), day))),
          ),
          gt(select(durationSeconds), limit(batchThresholds.shortestSlowRun)),
        ),
        for: pending('1m'),
        severity: 'warning',
        thresholds: { slow: batchThresholds.slow, shortest: batchThresholds.shortestSlowRun },
        windows: [day],
        summary: text`${batchName} took {{ $value | humanizeDuration }}, more than ${batchThresholds.slow} times its usual duration.`,
        description: text`The last run of ${batchName} took {{ $value | humanizeDuration }}, more than ${batchThresholds.slow} times its mean over the last ${day}. If runs stay this slow, they overlap or finish late.`,
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'BatchRecordsLost',
        expr: gt(sub(select(transformed), select(loaded)), 0),
        for: pending('1m'),
        severity: 'critical',
        summary: `${batchName} lost {{ $value }} records between transform and load.`,
        description: `The last successful run of ${batchName} transformed {{ $value }} more records than it loaded, and still reported success.`,
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'BatchVolumeLow',
        expr: lt(
          select(extracted),
          mul(limit(batchThresholds.lowVolume), avgOverTime(range(select(extracted), day))),
        ),
        for: pending('1m'),
        severity: 'warning',
        thresholds: { volume: batchThresholds.lowVolume },
        windows: [day],
        summary: `${batchName} extracted only {{ $value }} records.`,
        description: text`The last successful run of ${batchName} extracted {{ $value }} records, less than ${batchThresholds.lowVolume} of its mean over the last ${day}. Its source was incomplete, or its filter is wrong.`,
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'PushFailed',
        expr: gt(
          sum(increase(range(select(batchPusherMetrics.pushes, { outcome: not(pushed) }), quarter)), [
            'outcome',
          ]),
          0,
        ),
        severity: 'warning',
        windows: [quarter],
        summary: 'The batch-pusher could not push: {{ $labels.outcome }}.',
        description: text`{{ $value | humanize }} reports did not reach the Pushgateway within ${quarter}, after all retries. The outcome is {{ $labels.outcome }}. Prometheus still shows the metrics of earlier runs.`,
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'PushRejected',
        expr: gt(select(lastFailure), select(lastPush)),
        severity: 'warning',
        summary: 'The Pushgateway refused the last report of {{ $labels.job }}.',
        description:
          'The Pushgateway refused the last push of group job={{ $labels.job }}{{ with $labels.dag_id }}, dag_id={{ . }}{{ end }}. The push contradicts the stored metrics: another group has a metric with the same name and another type, or the push contains the same series twice. The group still contains the metrics of the earlier push.',
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'PushgatewayRestarted',
        expr: and(
          lt(sub(time(), select(processMetrics.startTime, ofGateway)), limit(batchThresholds.restarted)),
          group(offset(select(targetMetrics.up, ofGateway), span(batchThresholds.restarted)), ['job']),
          { on: ['job'] },
        ),
        severity: 'info',
        thresholds: { uptime: batchThresholds.restarted },
        lasts: batchThresholds.restarted,
        windows: [quarter],
        summary: 'The Pushgateway {{ $labels.instance }} restarted.',
        description:
          'The Pushgateway {{ $labels.instance }} started {{ $value | humanizeDuration }} ago. Pushes after its last write to disk are lost. Without a persistent volume, all pushes are lost.',
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'PushGroupAbandoned',
        expr: gt(since(lastAttempt), limit(batchThresholds.abandoned)),
        severity: 'info',
        thresholds: { age: batchThresholds.abandoned },
        summary: 'The group {{ $labels.job }} received no push for {{ $value | humanizeDuration }}.',
        description: text`The last push of group job={{ $labels.job }}{{ with $labels.dag_id }}, dag_id={{ . }}{{ end }}, stored or refused, was {{ $value | humanizeDuration }} ago. The alert fires after ${batchThresholds.abandoned}. The Pushgateway never deletes the group, and each scrape makes its values look current.`,
        dashboard: 'airflow-metrics',
      },
    ],
  });
