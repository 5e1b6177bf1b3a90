import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import { div, increase, range, rate, select, sum } from '../../metrics/promql.ts';
import { natsThresholds } from '../../rules/nats.ts';
import { natsJobs } from '../../rules/selectors.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const perCluster = ['cluster'] as const;

export const messageRates = () =>
  timeseries({
    title: 'Messages per second',
    description:
      'Received from clients and delivered to them. Delivered is higher where a message has many subscribers.',
    unit: 'mps',
    queries: [
      [sum(rate(range(select(natsMetrics.inMsgs, scope), rateInterval)), perCluster), '{{cluster}} in'],
      [sum(rate(range(select(natsMetrics.outMsgs, scope), rateInterval)), perCluster), '{{cluster}} out'],
    ],
    min: 0,
  });

export const byteRates = () =>
  timeseries({
    title: 'Bytes per second',
    description: 'Payload and protocol, received from clients and delivered to them.',
    unit: 'Bps',
    queries: [
      [sum(rate(range(select(natsMetrics.inBytes, scope), rateInterval)), perCluster), '{{cluster}} in'],
      [sum(rate(range(select(natsMetrics.outBytes, scope), rateInterval)), perCluster), '{{cluster}} out'],
    ],
    min: 0,
  });

export const connectionsOverTime = () =>
  timeseries({
    title: 'Connections',
    description: 'Client connections that are open. A short drop is a restart or a network fault.',
    unit: 'short',
    queries: [[sum(select(natsMetrics.connections, scope), perCluster), '{{cluster}}']],
    min: 0,
  });

export const connectionUse = ({ drawn }: ThresholdReader) =>
  timeseries({
    title: 'Connection limit in use',
    description: 'Open connections as a share of max_connections. At 100 %, the server refuses new clients.',
    unit: 'percentunit',
    queries: [
      [
        div(select(natsMetrics.connections, scope), select(natsMetrics.maxConnections, scope)),
        '{{cluster}} {{instance}}',
      ],
    ],
    thresholds: [[drawn(natsThresholds.connections), 'red']],
    min: 0,
    max: 1,
  });

export const subscriptions = () =>
  timeseries({
    title: 'Subscriptions',
    description: 'Subscriptions, including those of the servers themselves.',
    unit: 'short',
    queries: [[sum(select(natsMetrics.subscriptions, scope), perCluster), '{{cluster}}']],
    min: 0,
  });

export const slowConsumers = () =>
  timeseries({
    title: 'Slow consumers disconnected',
    description:
      'Clients that the server disconnected because they read more slowly than messages arrived. Should be 0.',
    unit: 'short',
    queries: [
      [
        sum(increase(range(select(natsMetrics.slowConsumers, scope), rateInterval)), perCluster),
        '{{cluster}}',
      ],
    ],
    thresholds: [[1, 'red']],
    min: 0,
  });

export const pendingBytes = () =>
  timeseries({
    title: 'Bytes waiting for clients',
    description:
      'Bytes that the servers hold for clients that have not read them yet. The figure rises before a client is disconnected.',
    unit: 'bytes',
    queries: [[sum(select(natsMetrics.pendingBytes, scope), perCluster), '{{cluster}}']],
    min: 0,
  });

export const exporters = () =>
  timeseries({
    title: 'Exporters up',
    description: '1 while scrapes of the NATS exporter succeed.',
    unit: 'short',
    queries: [[select(targetMetrics.up, { ...scope, job: natsJobs }), '{{cluster}} {{instance}}']],
    min: 0,
    max: 1,
  });
