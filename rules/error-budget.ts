import { recorded } from '../metrics/definitions/recorded.ts';
import { type Duration, seconds } from '../metrics/duration.ts';
import { and, lt, select, sub } from '../metrics/promql.ts';
import { ruleGroup } from './rule.ts';
import { burnRate, sloPeriod, slos } from './slo.ts';
import { text } from './text.ts';
import { limit, ratio } from './threshold.ts';

/** Time between two evaluations of the budgets. A budget changes slowly, and one evaluation is expensive. */
const interval: Duration = { production: '5m', laptop: '10s' };

export const budgetThresholds = {
  /** Share of an error budget that is left. */
  low: ratio(0.1, 0.01, 0.9),
} as const;

/**
 * The period of the error budgets in a cluster. The engine deletes old samples. Therefore the period is at most the
 * retention.
 * @param history retention of the engine, in Prometheus notation
 */
export const budgetPeriodFor = (history: string): Duration =>
  seconds(history) < seconds(sloPeriod.production) ? { ...sloPeriod, production: history } : sloPeriod;

/**
 * Records the remaining share of each error budget, with an alert on a small share. An exceeded budget has a negative
 * share.
 * @param period period of the objectives, at most the retention of the engine
 */
export const errorBudgetRules = (period: Duration) =>
  ruleGroup({
    name: 'error-budget',
    interval,
    recording: slos.map((slo) => ({
      record: recorded.errorBudget,
      // No budget for a removed cluster. The period still contains the bad samples of this cluster, but `sloBad` has no
      // current value for it.
      expr: and(sub(1, burnRate(slo, period)), select(recorded.sloBad)),
      labels: { slo: slo.name },
    })),
    alerting: [
      {
        alert: 'ErrorBudgetLow',
        expr: lt(select(recorded.errorBudget), limit(budgetThresholds.low)),
        severity: 'warning',
        thresholds: { left: budgetThresholds.low },
        summary:
          'The {{ $labels.slo }} objective{{ with $labels.cluster }} for {{ . }}{{ end }} has {{ $value | humanizePercentage }} of its error budget left.',
        description: text`{{ $value | humanizePercentage }} of the error budget of the {{ $labels.slo }} objective{{ with $labels.cluster }} for {{ . }}{{ end }} is left, less than ${budgetThresholds.low}. The budget counts the last ${period}. Below 0 %, the pipeline has missed the objective. Another fault of the same length as the earlier faults would exceed the budget.`,
        dashboard: 'pipeline-health',
      },
    ],
  });
