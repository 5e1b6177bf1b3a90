import {
  thanosCompactMetrics,
  thanosObjectStoreMetrics,
  thanosStoreMetrics,
} from '../../metrics/definitions/thanos.ts';
import { constant, max, or, range, rate, select, sum } from '../../metrics/promql.ts';
import { thanosJobs } from '../../rules/selectors.ts';
import { jobs } from '../../sources/index.ts';
import { rateInterval, stat, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const members = { ...scope, job: thanosJobs } as const;
const compactor = { ...scope, job: jobs.thanosCompactor } as const;
const gateways = { ...scope, job: jobs.thanosStore } as const;

export const halted = () =>
  stat({
    title: 'Compactor',
    description: 'A halted compactor does nothing until a person restarts it.',
    unit: 'short',
    queries: [[max(select(thanosCompactMetrics.halted, compactor)), 'halted']],
    thresholds: [[1, 'red']],
    texts: { 0: { text: 'works', color: 'green' }, 1: { text: 'halted', color: 'red' } },
  });

export const blocksLoaded = () =>
  stat({
    title: 'Blocks served',
    description: 'Blocks of the object store that a store gateway serves.',
    unit: 'short',
    queries: [[max(select(thanosStoreMetrics.blocks, gateways)), 'blocks']],
  });

export const operations = () =>
  timeseries({
    title: 'Operations at the object store per second',
    description: 'Operations of ingesters, store gateways and the compactor.',
    unit: 'ops',
    queries: [
      [
        sum(rate(range(select(thanosObjectStoreMetrics.operations, members), rateInterval)), [
          'job',
          'operation',
        ]),
        '{{job}} {{operation}}',
      ],
    ],
    min: 0,
  });

export const operationsFailed = () =>
  timeseries({
    title: 'Failed operations per second',
    description: 'Operations at the object store that fail unexpectedly. Should be 0.',
    unit: 'ops',
    queries: [
      [
        sum(rate(range(select(thanosObjectStoreMetrics.operationsFailed, members), rateInterval)), ['job']),
        '{{job}}',
      ],
    ],
    min: 0,
  });

export const blocks = () =>
  timeseries({
    title: 'Blocks by store gateway',
    description: 'Blocks that each store gateway serves. Both gateways serve the same number.',
    unit: 'short',
    queries: [[sum(select(thanosStoreMetrics.blocks, gateways), ['instance']), '{{instance}}']],
    min: 0,
  });

export const compactions = () =>
  timeseries({
    title: 'Passes of the compactor per second',
    description:
      'Passes over the object store that succeeded. A compactor that stays at 0 for hours is stuck.',
    unit: 'ops',
    queries: [
      [
        or(sum(rate(range(select(thanosCompactMetrics.iterations, compactor), rateInterval))), constant(0)),
        'passes',
      ],
    ],
    min: 0,
  });
