import { recorded } from '../../metrics/definitions/recorded.ts';
import { avgOverTime, divide, over, select, subtract } from '../../metrics/promql.ts';
import { figure, graph } from '../panel.ts';
import { clusterScope } from '../variables.ts';

export const objectives = () =>
  figure({
    title: 'Objectives kept, last 7 days',
    description: 'Share of the time in which each service level objective held. Promised: 99 % over 30 days.',
    unit: 'percentunit',
    queries: [
      [subtract(1, avgOverTime(over(select(recorded.sloBad, clusterScope), '7d'))), '{{slo}} {{cluster}}'],
    ],
    decimals: 2,
    span: 12,
  });

export const burnRates = () =>
  graph({
    title: 'Burn rate of the error budgets',
    description:
      'How many times faster than allowed each budget was spent in the last hour. 1 lasts just 30 days; 14.4 pages.',
    unit: 'short',
    queries: [
      [divide(avgOverTime(over(select(recorded.sloBad, clusterScope), '1h')), 0.01), '{{slo}} {{cluster}}'],
    ],
    thresholds: [[14.4, 'red']],
    min: 0,
  });
