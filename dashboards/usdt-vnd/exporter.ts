import { processMetrics } from '../../metrics/definitions/process.ts';
import { range, rate, select } from '../../metrics/promql.ts';
import { jobs } from '../../sources/index.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const ofExporter = { ...scope, job: jobs.usdtExporter } as const;

export const exporterMemory = () =>
  timeseries({
    title: 'Memory of the exporter',
    description: 'Resident memory and JavaScript heap in use.',
    unit: 'bytes',
    queries: [
      [select(processMetrics.residentMemory, ofExporter), '{{instance}} resident'],
      [select(processMetrics.heapUsed, ofExporter), '{{instance}} heap'],
    ],
    min: 0,
  });

export const exporterCpu = () =>
  timeseries({
    title: 'CPU of the exporter',
    description: 'CPU time a second; 100 % is one core.',
    unit: 'percentunit',
    queries: [[rate(range(select(processMetrics.cpuSeconds, ofExporter), rateInterval)), '{{instance}}']],
    min: 0,
  });
