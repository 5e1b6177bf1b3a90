import { nodeMetrics } from '../../metrics/definitions/node.ts';
import { processMetrics } from '../../metrics/definitions/process.ts';
import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { avg, div, max, range, rate, select, sub, sum } from '../../metrics/promql.ts';
import { monitoringThresholds } from '../../rules/monitoring.ts';
import { onDisk } from '../../rules/selectors.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { jobs } from '../../sources/index.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const central = { ...scope, job: jobs.prometheus } as const;
const nodes = { ...scope, job: jobs.nodeExporter } as const;
const disks = { ...nodes, ...onDisk } as const;

export const headSeries = () =>
  timeseries({
    title: 'Series in memory',
    description: 'Series of the head block. The memory of Prometheus grows with their number.',
    unit: 'short',
    queries: [[select(prometheusMetrics.headSeries, central), '{{instance}}']],
    min: 0,
  });

export const storage = () =>
  timeseries({
    title: 'Storage of Prometheus',
    description: 'Bytes of the blocks on disk, and their limit; 0 means no limit.',
    unit: 'bytes',
    queries: [
      [select(prometheusMetrics.blocksBytes, central), '{{instance}} in use'],
      [select(prometheusMetrics.retentionBytes, central), '{{instance}} limit'],
    ],
    min: 0,
  });

export const memory = () =>
  timeseries({
    title: 'Memory of the pipeline',
    description: 'Resident memory of each program.',
    unit: 'bytes',
    queries: [[max(select(processMetrics.residentMemory, scope), ['cluster', 'job']), '{{cluster}} {{job}}']],
    min: 0,
  });

export const cpu = () =>
  timeseries({
    title: 'CPU of the pipeline',
    description: 'CPU time a second of each program; 100 % is one core.',
    unit: 'percentunit',
    queries: [
      [
        sum(rate(range(select(processMetrics.cpuSeconds, scope), rateInterval)), ['cluster', 'job']),
        '{{cluster}} {{job}}',
      ],
    ],
    min: 0,
  });

export const nodeCpu = () =>
  timeseries({
    title: 'CPU of the machines',
    description: 'Share of the CPU time that is not idle.',
    unit: 'percentunit',
    queries: [
      [
        sub(
          1,
          avg(rate(range(select(nodeMetrics.cpuSeconds, { ...nodes, mode: 'idle' }), rateInterval)), [
            'instance',
          ]),
        ),
        '{{instance}}',
      ],
    ],
    min: 0,
    max: 1,
  });

export const nodeMemory = () =>
  timeseries({
    title: 'Memory of the machines',
    description: 'Share of the memory in use.',
    unit: 'percentunit',
    queries: [
      [
        sub(1, div(select(nodeMetrics.memoryAvailable, nodes), select(nodeMetrics.memoryTotal, nodes))),
        '{{instance}}',
      ],
    ],
    min: 0,
    max: 1,
  });

export const diskUse = ({ drawn }: ThresholdReader) =>
  timeseries({
    title: 'Disks in use',
    description:
      'Share of each file system in use. At 100 %, Prometheus, the Pushgateway and NATS cannot write.',
    unit: 'percentunit',
    queries: [
      [
        sub(
          1,
          div(select(nodeMetrics.filesystemAvailable, disks), select(nodeMetrics.filesystemSize, disks)),
        ),
        '{{instance}} {{mountpoint}}',
      ],
    ],
    thresholds: [[1 - drawn(monitoringThresholds.freeDisk), 'red']],
    min: 0,
    max: 1,
  });
