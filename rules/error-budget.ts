import { recorded } from '../metrics/definitions/recorded.ts';
import { type Duration, seconds } from '../metrics/duration.ts';
import { and, lt, select, sub } from '../metrics/promql.ts';
import { ruleGroup } from './rule.ts';
import { burnRate, sloPeriod, slos } from './slo.ts';
import { text } from './text.ts';
import { limit, ratio } from './threshold.ts';

/**
 * Time between two evaluations of the budgets. A budget changes slowly, and its long range makes an evaluation
 * expensive.
 */
const interval: Duration = { production: '5m', laptop: '10s' };

/** Thresholds of the alert on error budgets. */
export const budgetThresholds = {
  /** Share of an error budget that is left. */
  low: ratio(0.1, 0.01, 0.9),
} as const;

/**
 * The period of the error budgets in a cluster. A budget cannot count faults whose samples the engine has deleted.
 * Therefore the period is at most the time for which the engine keeps samples.
 * @param history time for which the engine keeps samples, in Prometheus notation
 */
export const budgetPeriodFor = (history: string): Duration =>
  seconds(history) < seconds(sloPeriod.production) ? { ...sloPeriod, production: history } : sloPeriod;

/**
 * Rules of the error budgets: a series with the share of each budget that is left, and an alert on a small share. The
 * share is negative if the budget is exceeded.
 * @param period time over which the objectives count, which must not be longer than the history of the engine
 */
export const errorBudgetRules = (period: Duration) =>
  ruleGroup({
    name: 'error-budget',
    interval,
    recording: slos.map((slo) => ({
      record: recorded.errorBudget,
      // A removed cluster has no budget: it still has bad samples in the period, but no current value of the objective.
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
