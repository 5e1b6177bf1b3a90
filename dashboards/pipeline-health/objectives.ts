import { recorded } from '../../metrics/definitions/recorded.ts';
import { avgOverTime, div, range, select, sub } from '../../metrics/promql.ts';
import { budgetOf, pageFactors, slos } from '../../rules/slo.ts';
import { percent, type ThresholdReader } from '../../rules/threshold.ts';
import { stat, timeseries } from '../panel.ts';

const legend = '{{slo}} {{cluster}}';

const promised = slos.map(({ name, objective }) => `${name} ${percent(objective)}`).join(', ');

/** Share of the time `span` in which an objective was not met. */
const broken = (slo: string, span: string) => avgOverTime(range(select(recorded.sloBad, { slo }), span));

export const objectives = () =>
  stat({
    title: 'Objectives kept, last 7 days',
    description: `Share of the time in which each service level objective held. Objectives over 30 days: ${promised}.`,
    unit: 'percentunit',
    queries: slos.map(({ name }) => [sub(1, broken(name, '7d')), legend]),
    decimals: 2,
    span: 12,
  });

export const burnRates = ({ drawn }: ThresholdReader) => {
  const factors = [...new Set(pageFactors.map(drawn))].sort((a, b) => a - b);
  return timeseries({
    title: 'Burn rate of the error budgets',
    description: `How many times faster than allowed each budget was spent in the last hour. A budget at 1 lasts 30 days. At ${factors.join(' or ')}, a critical alert fires.`,
    unit: 'short',
    queries: slos.map((slo) => [div(broken(slo.name, '1h'), budgetOf(slo)), legend]),
    thresholds: factors.map((factor) => [factor, 'red'] as const),
    min: 0,
  });
};
