import { recorded } from '../metrics/definitions/recorded.ts';
import { type Duration, seconds } from '../metrics/duration.ts';
import { and, lt, select, sub } from '../metrics/promql.ts';
import { ruleGroup } from './rule.ts';
import { burnRate, sloPeriod, slos } from './slo.ts';
import { text } from './text.ts';
import { limit, ratio } from './threshold.ts';

/** The interval is long, because a budget changes slowly and each evaluation is expensive. */
const interval: Duration = { production: '5m', laptop: '10s' };

export const budgetThresholds = {
  low: ratio(0.1, 0.01, 0.9),
} as const;

/**
 * Returns the shorter of `sloPeriod` and the retention.
 * @param history retention in Prometheus notation
 */
export const budgetPeriodFor = (history: string): Duration =>
  seconds(history) < seconds(sloPeriod.production) ? { ...sloPeriod, production: history } : sloPeriod;

/**
 * Rules for the remaining error budgets.
 * @param period at most the retention of the engine
 */
export const errorBudgetRules = (period: Duration) =>
  ruleGroup({
    name: 'error-budget',
    interval,
    recording: slos.map((slo) => ({
      record: recorded.errorBudget,
      // `and` excludes removed clusters, which still have old samples in the period.
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
        description: text`{{ $value | humanizePercentage }} of the error budget of the {{ $labels.slo }} objective{{ with $labels.cluster }} for {{ . }}{{ end }} is left. The alert fires below ${budgetThresholds.low}. The budget counts the last ${period}. Below 0 %, the pipeline has missed the objective.`,
        dashboard: 'pipeline-health',
      },
    ],
  });
