import { jetStreamMetrics } from '../../metrics/definitions/jetstream.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { div, max, range, rate, select } from '../../metrics/promql.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const ofLeader = { ...scope, is_stream_leader: 'true' } as const;
const ofConsumerLeader = { ...scope, is_consumer_leader: 'true' } as const;
const perStream = ['cluster', 'stream_name'] as const;
const perConsumer = ['cluster', 'stream_name', 'consumer_name'] as const;
const consumerLegend = '{{cluster}} {{stream_name}}/{{consumer_name}}';

export const storageUse = () =>
  timeseries({
    title: 'JetStream file storage in use',
    description: 'Stored bytes by max_file_store. When it is full, JetStream refuses every publish.',
    unit: 'percentunit',
    queries: [
      [
        div(select(natsMetrics.jetStreamStorage, scope), select(natsMetrics.jetStreamMaxStorage, scope)),
        '{{cluster}} {{instance}}',
      ],
    ],
    thresholds: [[0.85, 'red']],
    min: 0,
    max: 1,
  });

export const memoryUse = () =>
  timeseries({
    title: 'JetStream memory storage in use',
    description: 'Bytes of memory streams by max_memory_store.',
    unit: 'percentunit',
    queries: [
      [
        div(select(natsMetrics.jetStreamMemory, scope), select(natsMetrics.jetStreamMaxMemory, scope)),
        '{{cluster}} {{instance}}',
      ],
    ],
    thresholds: [[0.85, 'red']],
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

export const consumerLag = () =>
  timeseries({
    title: 'Consumer lag',
    description:
      'Age of each consumer’s backlog: its undelivered messages by the rate at which the stream grows.',
    unit: 's',
    queries: [[select(recorded.consumerLag, scope), consumerLegend]],
    thresholds: [[300, 'red']],
    min: 0,
  });

export const consumerBacklog = () =>
  timeseries({
    title: 'Messages waiting for consumers',
    description: 'Not yet delivered, and delivered but not yet acknowledged.',
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
    description: 'How fast each consumer works. 0 while messages wait is a stalled consumer.',
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

export const redelivered = () =>
  timeseries({
    title: 'Messages redelivered',
    description:
      'Delivered more than once and still not acknowledged: the consumer fails on them or is too slow.',
    unit: 'short',
    queries: [
      [max(select(jetStreamMetrics.consumerRedelivered, ofConsumerLeader), perConsumer), consumerLegend],
    ],
    thresholds: [[10, 'red']],
    min: 0,
  });
