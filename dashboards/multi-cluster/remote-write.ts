import { recorded } from '../../metrics/definitions/recorded.ts';
import { agentMetrics, remoteWriteMetrics } from '../../metrics/definitions/remote-write.ts';
import { constant, max, or, range, rate, select, sum } from '../../metrics/promql.ts';
import { federationThresholds } from '../../rules/federation.ts';
import { agentJobs } from '../../rules/selectors.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const agents = { ...scope, job: agentJobs } as const;

export const remoteWriteLag = ({ drawn }: ThresholdReader) =>
  timeseries({
    title: 'Remote-write lag',
    description:
      'How far each agent is behind its newest scraped sample. An agent that is cut off cannot report this figure.',
    unit: 's',
    queries: [[select(recorded.remoteWriteLag, scope), '{{cluster}} to {{remote_name}}']],
    thresholds: [[drawn(federationThresholds.lag), 'red']],
    min: 0,
  });

export const samplesSent = () =>
  timeseries({
    title: 'Samples sent per second',
    description: 'Samples in requests of each agent to the central Prometheus. A retry counts again.',
    unit: 'short',
    queries: [
      [
        sum(rate(range(select(remoteWriteMetrics.sent, agents), rateInterval)), ['cluster', 'remote_name']),
        '{{cluster}} to {{remote_name}}',
      ],
    ],
    min: 0,
  });

export const samplesInTrouble = () =>
  timeseries({
    title: 'Samples refused, retried or dropped per second',
    description: 'Refused and dropped samples are lost; retried samples are late. All should be 0.',
    unit: 'short',
    queries: [
      [
        sum(rate(range(select(remoteWriteMetrics.failed, agents), rateInterval)), ['cluster']),
        '{{cluster}} refused',
      ],
      [
        sum(rate(range(select(remoteWriteMetrics.retried, agents), rateInterval)), ['cluster']),
        '{{cluster}} retried',
      ],
      [
        or(
          sum(rate(range(select(remoteWriteMetrics.dropped, agents), rateInterval)), ['cluster']),
          constant(0),
        ),
        '{{cluster}} dropped',
      ],
    ],
    min: 0,
  });

export const shards = () =>
  timeseries({
    title: 'Remote-write shards',
    description:
      'Shards that send, and how many shards the load needs. Above the maximum, the agent falls behind.',
    unit: 'short',
    queries: [
      [max(select(remoteWriteMetrics.shards, agents), ['cluster']), '{{cluster}} running'],
      [max(select(remoteWriteMetrics.shardsDesired, agents), ['cluster']), '{{cluster}} desired'],
      [max(select(remoteWriteMetrics.shardsMax, agents), ['cluster']), '{{cluster}} maximum'],
    ],
    min: 0,
  });

export const samplesPending = () =>
  timeseries({
    title: 'Samples in the queue',
    description: 'Samples that wait in the agent’s shards to be sent.',
    unit: 'short',
    queries: [[sum(select(remoteWriteMetrics.pending, agents), ['cluster']), '{{cluster}}']],
    min: 0,
  });

export const bytesSent = () =>
  timeseries({
    title: 'Remote-write traffic',
    description:
      'Bytes a second that each agent sends, after compression. They leave the network of the edge.',
    unit: 'Bps',
    queries: [
      [sum(rate(range(select(remoteWriteMetrics.bytes, agents), rateInterval)), ['cluster']), '{{cluster}}'],
    ],
    min: 0,
  });

export const agentSeries = () =>
  timeseries({
    title: 'Series in the agents',
    description: 'Series that each agent scrapes and holds in its write-ahead log.',
    unit: 'short',
    queries: [[sum(select(agentMetrics.activeSeries, agents), ['cluster']), '{{cluster}}']],
    min: 0,
  });
