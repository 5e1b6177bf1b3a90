import { batchJob } from '../../config/topology.ts';
import { jobs } from '../../sources/index.ts';
import { batchMetrics } from '../definitions/batch.ts';
import { batchPusherMetrics } from '../definitions/batch-pusher.ts';
import { processMetrics } from '../definitions/process.ts';
import { pushGroupMetrics } from '../definitions/pushgateway.ts';
import { recorded } from '../definitions/recorded.ts';
import { targetMetrics } from '../definitions/target.ts';
import { type Duration, lookback, multiple, pending } from '../duration.ts';
import {
  above,
  and,
  avg,
  avgOverTime,
  below,
  divide,
  equal,
  group,
  increase,
  inSeconds,
  multiply,
  not,
  offset,
  over,
  select,
  subtract,
  sum,
  time,
} from '../promql.ts';
import type { RuleGroup } from './rule.ts';

const { success, durationSeconds, lastSuccess, extracted, transformed, loaded } = batchMetrics;
const perDag = ['job', 'dag_id'] as const;
const day = lookback('1d');
const quarter = lookback('15m');
const ofGateway = { job: jobs.pushgateway } as const;
const ofBatch = { job: batchJob } as const;

/**
 * Whether batch runs happen, succeed, keep their records and get their report through.
 *
 * @param period from one run to the next
 */
export const batchRules = (period: Duration): RuleGroup => ({
  name: 'batch',
  recording: [
    { record: recorded.batchSuccess, expr: avg(avgOverTime(over(select(success), lookback('1h'))), perDag) },
    {
      record: recorded.batchYield,
      expr: divide(sum(select(loaded), perDag), sum(select(extracted), perDag)),
    },
  ],
  alerting: [
    {
      alert: 'BatchRunFailed',
      expr: equal(select(success), 0),
      for: pending('1m'),
      severity: 'warning',
      summary: 'The last run of {{ $labels.dag_id }} failed.',
      description:
        'The last run of {{ $labels.dag_id }} reported a failure. Duration and records shown are those of the last good run.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchRunMissing',
      expr: above(
        subtract(time(), select(pushGroupMetrics.lastPush, ofBatch)),
        inSeconds(multiple(1.25, period)),
      ),
      for: { production: '5m', laptop: '0s' },
      severity: 'warning',
      summary: '{{ $labels.dag_id }} has not reported for {{ $value | humanizeDuration }}.',
      description:
        'No run of {{ $labels.dag_id }}, good or bad, has reported for {{ $value | humanizeDuration }}: its schedule is off, its scheduler or worker is gone, or its report does not get through.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchDataStale',
      expr: above(subtract(time(), select(lastSuccess)), inSeconds(multiple(3, period))),
      for: pending('5m'),
      severity: 'critical',
      summary: '{{ $labels.dag_id }} has not succeeded for {{ $value | humanizeDuration }}.',
      description:
        'The last good run of {{ $labels.dag_id }} ended {{ $value | humanizeDuration }} ago, three periods or more. Whoever uses its records works with old ones.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchRunSlow',
      expr: and(
        above(select(durationSeconds), multiply(2, avgOverTime(over(select(durationSeconds), day)))),
        above(select(durationSeconds), 1),
      ),
      for: pending('1m'),
      severity: 'warning',
      summary: '{{ $labels.dag_id }} took {{ $value | humanizeDuration }}, twice as long as usual.',
      description:
        'The last run of {{ $labels.dag_id }} took {{ $value | humanizeDuration }}, more than twice its mean over the last day. If that goes on, runs overlap or come late.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchRecordsLost',
      expr: above(subtract(select(transformed), select(loaded)), 0),
      for: pending('1m'),
      severity: 'critical',
      summary: '{{ $labels.dag_id }} lost {{ $value }} records between transform and load.',
      description:
        '{{ $value }} records that the last good run of {{ $labels.dag_id }} had transformed were not loaded, although it reported success.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchVolumeLow',
      expr: below(select(extracted), multiply(0.5, avgOverTime(over(select(extracted), day)))),
      for: pending('1m'),
      severity: 'warning',
      summary: '{{ $labels.dag_id }} extracted only {{ $value }} records.',
      description:
        'The last good run of {{ $labels.dag_id }} extracted {{ $value }} records, less than half its mean over the last day. Its source was incomplete, or its filter is wrong.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'PushFailed',
      expr: above(
        sum(increase(over(select(batchPusherMetrics.pushes, { outcome: not('pushed') }), quarter)), [
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
      expr: above(select(pushGroupMetrics.lastFailure), select(pushGroupMetrics.lastPush)),
      severity: 'warning',
      summary: 'The Pushgateway refused the last report of {{ $labels.job }}.',
      description:
        'The last push of group job={{ $labels.job }}{{ with $labels.dag_id }}, dag_id={{ . }}{{ end }} was refused: it does not fit with what is stored (another type or help under the same name, or the same series twice). The group shows the push before.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'PushgatewayRestarted',
      expr: and(
        below(subtract(time(), select(processMetrics.startTime, ofGateway)), inSeconds(quarter)),
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
      expr: above(
        subtract(time(), select(pushGroupMetrics.lastPush)),
        inSeconds({ production: '7d', laptop: '6h' }),
      ),
      severity: 'info',
      summary: 'Nobody has pushed to group {{ $labels.job }} for {{ $value | humanizeDuration }}.',
      description:
        'The group job={{ $labels.job }}{{ with $labels.dag_id }}, dag_id={{ . }}{{ end }} was last pushed {{ $value | humanizeDuration }} ago. The Pushgateway keeps it for ever, and each scrape makes it look current.',
      dashboard: 'airflow-metrics',
    },
  ],
});
