import { recorded } from '../../metrics/definitions/recorded.ts';
import { inWords } from '../../metrics/duration.ts';
import { avgOverTime, div, range, select, sub } from '../../metrics/promql.ts';
import { budgetThresholds } from '../../rules/error-budget.ts';
import { budgetOf, pageFactors, sloPeriod, slos } from '../../rules/slo.ts';
import { percent, type ThresholdReader } from '../../rules/threshold.ts';
import { stat, timeseries } from '../panel.ts';

const legend = '{{slo}} {{cluster}}';

const promised = slos.map(({ name, objective }) => `${name} ${percent(objective)}`).join(', ');

/** Share of the time `span` in which the objective was not met. */
const broken = (slo: string, span: string) => avgOverTime(range(select(recorded.sloBad, { slo }), span));

export const objectives = () =>
  stat({
    title: 'Objectives kept, last 7 days',
    description: `Share of the time in which each service level objective held. Objectives over ${inWords(sloPeriod.production)}: ${promised}.`,
    unit: 'percentunit',
    queries: slos.map(({ name }) => [sub(1, broken(name, '7d')), legend]),
    decimals: 2,
    span: 12,
  });

export const errorBudgets = ({ drawn, inWords: words }: ThresholdReader) =>
  timeseries({
    title: 'Error budgets left',
    description: `Share of each error budget that is left: 100 % is a full budget, and below 0 % the objective was missed. Below ${words(budgetThresholds.low)}, ErrorBudgetLow fires.`,
    unit: 'percentunit',
    queries: slos.map(({ name }) => [select(recorded.errorBudget, { slo: name }), legend]),
    thresholds: [[drawn(budgetThresholds.low), 'red']],
    max: 1,
  });

export const burnRates = ({ drawn }: ThresholdReader) => {
  const factors = [...new Set(pageFactors.map(drawn))].sort((a, b) => a - b);
  return timeseries({
    title: 'Burn rate of the error budgets',
    description: `How many times faster than allowed each budget was spent in the last hour. A budget at 1 lasts ${inWords(sloPeriod.production)}. At ${factors.join(' or ')}, a critical alert fires.`,
    unit: 'short',
    queries: slos.map((slo) => [div(broken(slo.name, '1h'), budgetOf(slo)), legend]),
    thresholds: factors.map((factor) => [factor, 'red'] as const),
    min: 0,
  });
};
