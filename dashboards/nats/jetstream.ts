import { jetStreamMetrics } from '../../metrics/definitions/jetstream.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { div, max, range, rate, select } from '../../metrics/promql.ts';
import { natsThresholds } from '../../rules/nats.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const ofLeader = { ...scope, is_stream_leader: 'true' } as const;
const ofConsumerLeader = { ...scope, is_consumer_leader: 'true' } as const;
const perStream = ['cluster', 'stream_name'] as const;
const perConsumer = ['cluster', 'stream_name', 'consumer_name'] as const;
const consumerLegend = '{{cluster}} {{stream_name}}/{{consumer_name}}';

export const storageUse = ({ drawn }: ThresholdReader) =>
  timeseries({
    title: 'JetStream file storage in use',
    description:
      'Stored bytes as a share of max_file_store. When the storage is full, JetStream refuses every publish.',
    unit: 'percentunit',
    queries: [
      [
        div(select(natsMetrics.jetStreamStorage, scope), select(natsMetrics.jetStreamMaxStorage, scope)),
        '{{cluster}} {{instance}}',
      ],
    ],
    thresholds: [[drawn(natsThresholds.fileStorage), 'red']],
    min: 0,
    max: 1,
  });

export const memoryUse = ({ drawn }: ThresholdReader) =>
  timeseries({
    title: 'JetStream memory storage in use',
    description: 'Bytes of memory streams as a share of max_memory_store.',
    unit: 'percentunit',
    queries: [
      [
        div(select(natsMetrics.jetStreamMemory, scope), select(natsMetrics.jetStreamMaxMemory, scope)),
        '{{cluster}} {{instance}}',
      ],
    ],
    thresholds: [[drawn(natsThresholds.memoryStorage), 'red']],
    min: 0,
    max: 1,
  });

export const streamMessages = () =>
  timeseries({
    title: 'Messages in streams',
    description: 'Messages that each stream keeps, as its leader counts them.',
    unit: 'short',
    queries: [
      [max(select(jetStreamMetrics.streamMessages, ofLeader), perStream), '{{cluster}} {{stream_name}}'],
    ],
    min: 0,
  });

export const streamGrowth = () =>
  timeseries({
    title: 'Messages stored per second',
    description: 'How fast each stream grows, before its limits discard anything.',
    unit: 'mps',
    queries: [
      [
        max(rate(range(select(jetStreamMetrics.streamLastSeq, ofLeader), rateInterval)), perStream),
        '{{cluster}} {{stream_name}}',
      ],
    ],
    min: 0,
  });

export const consumerLag = ({ drawn }: ThresholdReader) =>
  timeseries({
    title: 'Consumer lag',
    description:
      'Age of the backlog of each consumer: its undelivered messages divided by the growth rate of the stream.',
    unit: 's',
    queries: [[select(recorded.consumerLag, scope), consumerLegend]],
    thresholds: [[drawn(natsThresholds.consumerLag), 'red']],
    min: 0,
  });

export const consumerBacklog = () =>
  timeseries({
    title: 'Messages waiting for consumers',
    description:
      'Messages that are not delivered yet, and messages that are delivered but not acknowledged yet.',
    unit: 'short',
    queries: [
      [
        max(select(jetStreamMetrics.consumerPending, ofConsumerLeader), perConsumer),
        `${consumerLegend} waiting`,
      ],
      [
        max(select(jetStreamMetrics.consumerAckPending, ofConsumerLeader), perConsumer),
        `${consumerLegend} unacknowledged`,
      ],
    ],
    min: 0,
  });

export const consumerProgress = () =>
  timeseries({
    title: 'Messages acknowledged per second',
    description: 'How fast each consumer works. A consumer at 0 while messages wait is stalled.',
    unit: 'mps',
    queries: [
      [
        max(
          rate(range(select(jetStreamMetrics.consumerAckFloor, ofConsumerLeader), rateInterval)),
          perConsumer,
        ),
        consumerLegend,
      ],
    ],
    min: 0,
  });

export const redelivered = ({ drawn }: ThresholdReader) =>
  timeseries({
    title: 'Messages redelivered',
    description:
      'Messages delivered more than once and still not acknowledged. The consumer fails on them or is too slow.',
    unit: 'short',
    queries: [
      [max(select(jetStreamMetrics.consumerRedelivered, ofConsumerLeader), perConsumer), consumerLegend],
    ],
    thresholds: [[drawn(natsThresholds.redelivered), 'red']],
    min: 0,
  });
