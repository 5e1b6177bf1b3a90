import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { div, max, select, sub, time } from '../../metrics/promql.ts';
import { table, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

export const cpu = () =>
  timeseries({
    title: 'CPU',
    description: 'CPU use of each server; 100 % is one core.',
    unit: 'percent',
    queries: [[select(natsMetrics.cpu, scope), '{{cluster}} {{instance}}']],
    min: 0,
  });

export const memory = () =>
  timeseries({
    title: 'Memory',
    description: 'Resident memory of each server.',
    unit: 'bytes',
    queries: [[select(natsMetrics.memory, scope), '{{cluster}} {{instance}}']],
    min: 0,
  });

export const servers = () =>
  table({
    title: 'Servers',
    description: 'Each server and how long it has run.',
    unit: 's',
    queries: [
      [
        max(sub(time(), div(select(natsMetrics.start, scope), 1000)), ['cluster', 'environment', 'instance']),
        '',
      ],
    ],
    values: ['Running for'],
  });
