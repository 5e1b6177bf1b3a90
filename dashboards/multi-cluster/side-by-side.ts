import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { select, sum } from '../../metrics/promql.ts';
import { barGauge, table, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const perCluster = ['cluster', 'environment'] as const;
const legend = '{{cluster}} ({{environment}})';

export const clusterTable = () =>
  table({
    title: 'Clusters side by side',
    description: 'Streams, connections and messages of each cluster now.',
    unit: 'short',
    queries: [
      [sum(select(recorded.totalStreams, scope), perCluster), ''],
      [sum(select(recorded.connections, scope), perCluster), ''],
      [sum(select(recorded.inMsgs, scope), perCluster), ''],
      [sum(select(recorded.outMsgs, scope), perCluster), ''],
    ],
    values: ['Streams', 'Connections', 'Messages in/s', 'Messages out/s'],
    decimals: 1,
    span: 24,
  });

export const connectionsByCluster = () =>
  barGauge({
    title: 'Connections by cluster',
    description: 'Client connections now, one bar for each cluster.',
    unit: 'short',
    queries: [[select(recorded.connections, scope), legend]],
    min: 0,
    span: 8,
  });

export const messagesByCluster = () =>
  barGauge({
    title: 'Messages received by cluster',
    description: 'Messages a second now, one bar for each cluster.',
    unit: 'mps',
    queries: [[select(recorded.inMsgs, scope), legend]],
    min: 0,
    span: 8,
  });

export const subscriptionsByCluster = () =>
  barGauge({
    title: 'Subscriptions by cluster',
    description: 'Subscriptions now, one bar for each cluster.',
    unit: 'short',
    queries: [[sum(select(natsMetrics.subscriptions, scope), perCluster), legend]],
    min: 0,
    span: 8,
  });

export const received = () =>
  timeseries({
    title: 'Messages received per second',
    description: 'Messages that clients publish in each cluster.',
    unit: 'mps',
    queries: [[select(recorded.inMsgs, scope), legend]],
    min: 0,
  });

export const delivered = () =>
  timeseries({
    title: 'Messages delivered per second',
    description: 'Messages that each cluster delivers to its clients.',
    unit: 'mps',
    queries: [[select(recorded.outMsgs, scope), legend]],
    min: 0,
  });

export const bytesReceived = () =>
  timeseries({
    title: 'Bytes received per second',
    description: 'Payload and protocol that clients publish in each cluster.',
    unit: 'Bps',
    queries: [[select(recorded.inBytes, scope), legend]],
    min: 0,
  });

export const bytesDelivered = () =>
  timeseries({
    title: 'Bytes delivered per second',
    description: 'Payload and protocol that each cluster delivers.',
    unit: 'Bps',
    queries: [[select(recorded.outBytes, scope), legend]],
    min: 0,
  });

export const connectionsOverTime = () =>
  timeseries({
    title: 'Connections',
    description: 'Client connections of each cluster.',
    unit: 'short',
    queries: [[select(recorded.connections, scope), legend]],
    min: 0,
  });

export const storage = () =>
  timeseries({
    title: 'JetStream storage',
    description: 'Bytes that JetStream stores in each cluster. Each replica counts.',
    unit: 'bytes',
    queries: [[select(recorded.jetStreamBytes, scope), legend]],
    min: 0,
  });
