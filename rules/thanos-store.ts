import { targetMetrics } from '../metrics/definitions/target.ts';
import { thanosCompactMetrics, thanosObjectStoreMetrics } from '../metrics/definitions/thanos.ts';
import { lookback, pending } from '../metrics/duration.ts';
import {
  and,
  div,
  eq,
  gt,
  increase,
  max,
  offset,
  or,
  range,
  rate,
  select,
  sum,
  unless,
} from '../metrics/promql.ts';
import { jobs } from '../sources/index.ts';
import { ruleGroup } from './rule.ts';
import { thanosJobs } from './selectors.ts';
import { text } from './text.ts';
import { duration, limit, ratio, span } from './threshold.ts';

const { up } = targetMetrics;
const { operations, operationsFailed } = thanosObjectStoreMetrics;
const compactor = { job: jobs.thanosCompactor } as const;
const compactorJob = ['job'] as const;
const quarter = lookback('15m');

const thanosStoreThresholds = {
  /** Limit for the time without a compactor pass. A pass over two weeks of blocks takes under 6 hours. */
  withoutPass: duration(lookback('6h'), '1h', '7d'),
  failedOperations: ratio(0.05, 0.001, 0.9),
} as const;

const { withoutPass, failedOperations } = thanosStoreThresholds;

export const thanosStoreRules = ruleGroup({
  name: 'thanos-object-store',
  engine: 'thanos',
  needs: 'object-store',
  alerting: [
    {
      alert: 'ThanosCompactionHalted',
      expr: eq(select(thanosCompactMetrics.halted, compactor), 1),
      for: pending('5m'),
      severity: 'warning',
      summary: 'The compactor {{ $labels.instance }} has halted.',
      description:
        'The compactor {{ $labels.instance }} found blocks that it cannot merge safely, and does nothing until a person restarts it. Blocks are no longer merged and no longer deleted at the end of their retention. The object store grows, and queries over long times become slower.',
      dashboard: 'thanos-store',
    },
    {
      alert: 'ThanosCompactionStalled',
      // `and` and `unless` compare only `job`, because a new compactor pod has another label `instance`.
      expr: unless(
        and(
          eq(max(select(up, compactor), compactorJob), 1),
          max(offset(select(up, compactor), span(withoutPass)), compactorJob),
          { on: compactorJob },
        ),
        or(
          gt(
            sum(
              increase(range(select(thanosCompactMetrics.iterations, compactor), span(withoutPass))),
              compactorJob,
            ),
            0,
          ),
          eq(max(select(thanosCompactMetrics.halted, compactor), compactorJob), 1),
        ),
        { on: compactorJob },
      ),
      for: pending('15m'),
      severity: 'warning',
      thresholds: { age: withoutPass },
      windows: [withoutPass.value],
      summary: text`{{ $labels.job }} has completed no pass within ${withoutPass}.`,
      description: text`The compactor answers scrapes and has completed no pass over the object store within ${withoutPass}. A pass fails again and again, or it does not end. Blocks are no longer merged and no longer deleted at the end of their retention. The object store grows, and queries over long times become slower.`,
      dashboard: 'thanos-store',
    },
    {
      alert: 'ThanosObjectStoreFailing',
      expr: gt(
        div(
          sum(rate(range(select(operationsFailed, { job: thanosJobs }), quarter)), ['job', 'operation']),
          sum(rate(range(select(operations, { job: thanosJobs }), quarter)), ['job', 'operation']),
        ),
        limit(failedOperations),
      ),
      for: pending('15m'),
      severity: 'critical',
      thresholds: { failed: failedOperations },
      windows: [quarter],
      summary:
        '{{ $value | humanizePercentage }} of the operations {{ $labels.operation }} of {{ $labels.job }} at the object store fail.',
      description: text`{{ $value | humanizePercentage }} of the operations {{ $labels.operation }} of {{ $labels.job }} fail. The alert fires above ${failedOperations}. If upload fails, the ingesters keep their blocks until the upload succeeds, and their volumes can fill. If get or get_range fails, store gateways cannot read old samples.`,
      dashboard: 'thanos-store',
    },
  ],
});
