import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import { matching, min, range, rate, select, sum } from '../../metrics/promql.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { clusterScope, scope } from '../variables.ts';

const central = { job: matching('.*prometheus') } as const;

export const sampleAge = () =>
  timeseries({
    title: 'Age of the newest sample',
    description:
      'How long ago each cluster’s newest sample was taken. A saw tooth up to the scrape interval is normal.',
    unit: 's',
    queries: [[select(recorded.silence, clusterScope), '{{cluster}}']],
    thresholds: [[180, 'red']],
    min: 0,
  });

export const natsSampleAge = () =>
  timeseries({
    title: 'Age of the newest NATS sample',
    description: 'The same for NATS alone, which the freshness objective is about: two minutes at most.',
    unit: 's',
    queries: [[select(recorded.dataAge, clusterScope), '{{cluster}}']],
    thresholds: [[120, 'red']],
    min: 0,
  });

export const targetsUp = () =>
  timeseries({
    title: 'Targets up',
    description: 'Share of each cluster’s targets whose last scrape succeeded.',
    unit: 'percentunit',
    queries: [
      [
        min(select(targetMetrics.up, { ...scope, job: matching('.+/.+') }), ['cluster', 'job']),
        '{{cluster}} {{job}}',
      ],
    ],
    min: 0,
    max: 1,
  });

export const lateSamples = () =>
  timeseries({
    title: 'Late samples at the central Prometheus, per second',
    description:
      'Out-of-order samples that were taken, as after an outage of an edge, and samples refused as too old.',
    unit: 'short',
    queries: [
      [sum(rate(range(select(prometheusMetrics.outOfOrderAppended, central), rateInterval))), 'taken'],
      [sum(rate(range(select(prometheusMetrics.tooOldSamples, central), rateInterval))), 'refused'],
    ],
    min: 0,
  });
