import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import { matching, min, range, rate, select, sum } from '../../metrics/promql.ts';
import { federationThresholds } from '../../rules/federation.ts';
import { freshnessLimit } from '../../rules/slo.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { clusterScope, scope } from '../variables.ts';

const central = { job: matching('.*prometheus') } as const;

export const sampleAge = ({ drawn }: ThresholdReader) =>
  timeseries({
    title: 'Age of the newest sample',
    description: 'Age of the newest sample of each cluster. A saw tooth up to the scrape interval is normal.',
    unit: 's',
    queries: [[select(recorded.silence, clusterScope), '{{cluster}}']],
    thresholds: [[drawn(federationThresholds.silence), 'red']],
    min: 0,
  });

export const natsSampleAge = ({ drawn, inWords }: ThresholdReader) =>
  timeseries({
    title: 'Age of the newest NATS sample',
    description: `Age of the newest NATS sample of each cluster. The freshness objective allows ${inWords(freshnessLimit)}.`,
    unit: 's',
    queries: [[select(recorded.dataAge, clusterScope), '{{cluster}}']],
    thresholds: [[drawn(freshnessLimit), 'red']],
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
      'Out-of-order samples that were accepted, such as after an outage of an edge, and samples refused as too old.',
    unit: 'short',
    queries: [
      [sum(rate(range(select(prometheusMetrics.outOfOrderAppended, central), rateInterval))), 'taken'],
      [sum(rate(range(select(prometheusMetrics.tooOldSamples, central), rateInterval))), 'refused'],
    ],
    min: 0,
  });
