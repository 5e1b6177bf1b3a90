import { recorded } from '../../metrics/definitions/recorded.ts';
import { avgOverTime, div, range, select, sub } from '../../metrics/promql.ts';
import { budgetOf, slos } from '../../rules/slo.ts';
import { stat, timeseries } from '../panel.ts';

const legend = '{{slo}} {{cluster}}';

/** Share of a time span in which each promise was broken. */
const broken = (slo: string, span: string) => avgOverTime(range(select(recorded.sloBad, { slo }), span));

export const objectives = () =>
  stat({
    title: 'Objectives kept, last 7 days',
    description: 'Share of the time in which each service level objective held. Promised: 99 % over 30 days.',
    unit: 'percentunit',
    queries: slos.map(({ name }) => [sub(1, broken(name, '7d')), legend]),
    decimals: 2,
    span: 12,
  });

export const burnRates = () =>
  timeseries({
    title: 'Burn rate of the error budgets',
    description:
      'How many times faster than allowed each budget was spent in the last hour. 1 lasts just 30 days; 14.4 pages.',
    unit: 'short',
    queries: slos.map((slo) => [div(broken(slo.name, '1h'), budgetOf(slo)), legend]),
    thresholds: [[14.4, 'red']],
    min: 0,
  });
