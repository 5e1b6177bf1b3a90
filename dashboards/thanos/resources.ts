import { processMetrics } from '../../metrics/definitions/process.ts';
import { range, rate, select, sum } from '../../metrics/promql.ts';
import { thanosJobs } from '../../rules/selectors.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const members = { ...scope, job: thanosJobs } as const;

export const memory = () =>
  timeseries({
    title: 'Memory of the members',
    description: 'Resident memory of each program. An ingester plans 8 KB for each series and copy.',
    unit: 'bytes',
    queries: [
      [sum(select(processMetrics.residentMemory, members), ['job', 'instance']), '{{job}} {{instance}}'],
    ],
    min: 0,
  });

export const cpu = () =>
  timeseries({
    title: 'CPU of the members',
    description: 'CPU time a second of each program; 100 % is one core.',
    unit: 'percentunit',
    queries: [
      [
        sum(rate(range(select(processMetrics.cpuSeconds, members), rateInterval)), ['job', 'instance']),
        '{{job}} {{instance}}',
      ],
    ],
    min: 0,
  });
