import {
  thanosHeadMetrics,
  thanosHttpMetrics,
  thanosReceiveMetrics,
} from '../../metrics/definitions/thanos.ts';
import { constant, histogram, matching, max, or, range, rate, select, sum } from '../../metrics/promql.ts';
import { ingesterJobs, routerJobs } from '../../rules/selectors.ts';
import { thanosThresholds } from '../../rules/thanos.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const routers = { ...scope, job: routerJobs } as const;
const ingesters = { ...scope, job: ingesterJobs } as const;
const { writeSamples, forwards } = thanosReceiveMetrics;
const { tooOld, outOfOrder, outOfBound, lateAppended, headSeries } = thanosHeadMetrics;

const perSecond = (metric: typeof tooOld | typeof outOfOrder | typeof outOfBound | typeof lateAppended) =>
  sum(rate(range(select(metric, ingesters), rateInterval)));

export const samplesByStatus = () =>
  timeseries({
    title: 'Samples in write requests per second',
    description:
      'Samples by the status of the answer. 200 is stored. Agents repeat samples with 503 and 429. They drop the refused samples of a request with 409.',
    unit: 'short',
    queries: [
      [sum(rate(range(select(histogram(writeSamples, 'sum'), routers), rateInterval)), ['code']), '{{code}}'],
    ],
    min: 0,
  });

export const refusedSamples = () =>
  timeseries({
    title: 'Copies refused and late copies per second',
    description:
      'Copies of samples that the ingesters refuse, by reason, and late copies that they accept. A sample too far in the future counts only in the status 409 of the write requests.',
    unit: 'short',
    queries: [
      [perSecond(tooOld), 'too old'],
      [perSecond(outOfOrder), 'out of order'],
      [perSecond(outOfBound), 'older than the head block'],
      [perSecond(lateAppended), 'late, accepted'],
    ],
    min: 0,
  });

export const replication = ({ inWords }: ThresholdReader) =>
  timeseries({
    title: 'Requests for copies per second',
    description: `Requests with which the routers send copies to ingesters. With more than ${inWords(thanosThresholds.failedCopies)} errors, ThanosReplicationFailing fires.`,
    unit: 'reqps',
    queries: [[sum(rate(range(select(forwards, routers), rateInterval)), ['result']), '{{result}}']],
    min: 0,
  });

export const writeAnswers = () =>
  timeseries({
    title: 'Write requests per second',
    description:
      'Answers of the routers by status. A status of 5xx or 429 makes the agent repeat the request.',
    unit: 'reqps',
    queries: [
      [
        sum(
          rate(range(select(thanosHttpMetrics.requests, { ...routers, handler: 'receive' }), rateInterval)),
          ['code'],
        ),
        '{{code}}',
      ],
    ],
    min: 0,
  });

export const seriesByIngester = () =>
  timeseries({
    title: 'Series by ingester',
    description:
      'Series in the memory of each ingester. The ingesters of a healthy hashring hold similar numbers.',
    unit: 'short',
    queries: [[sum(select(headSeries, ingesters), ['instance']), '{{instance}}']],
    min: 0,
  });

export const hashringNodes = () =>
  timeseries({
    title: 'Ingesters of the hashring',
    description: 'Ingesters in the hashring file of each router, and copies of each sample.',
    unit: 'short',
    queries: [
      [max(select(thanosReceiveMetrics.hashringNodes, routers), ['instance']), '{{instance}}'],
      [or(max(select(thanosReceiveMetrics.replicationFactor, routers)), constant(0)), 'copies'],
    ],
    min: 0,
  });

export const storedSamples = () =>
  timeseries({
    title: 'Samples stored by ingester, per second',
    description: 'Copies of samples that each ingester stores.',
    unit: 'short',
    queries: [
      [
        sum(
          rate(
            range(
              select(thanosHeadMetrics.samplesAppended, { ...ingesters, type: matching('.+') }),
              rateInterval,
            ),
          ),
          ['instance'],
        ),
        '{{instance}}',
      ],
    ],
    min: 0,
  });
