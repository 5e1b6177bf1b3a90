import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import { div, increase, range, rate, select, sum } from '../../metrics/promql.ts';
import { natsJobs } from '../../rules/selectors.ts';
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
    description:
      'Client connections that are open. A drop to a few and back is a restart or a network fault.',
    unit: 'short',
    queries: [[sum(select(natsMetrics.connections, scope), perCluster), '{{cluster}}']],
    min: 0,
  });

export const connectionUse = () =>
  timeseries({
    title: 'Connection limit in use',
    description: 'Open connections by max_connections. At 100 % new clients are turned away.',
    unit: 'percentunit',
    queries: [
      [
        div(select(natsMetrics.connections, scope), select(natsMetrics.maxConnections, scope)),
        '{{cluster}} {{instance}}',
      ],
    ],
    thresholds: [[0.8, 'red']],
    min: 0,
    max: 1,
  });

export const subscriptions = () =>
  timeseries({
    title: 'Subscriptions',
    description: 'Subscriptions, those of the servers themselves among them.',
    unit: 'short',
    queries: [[sum(select(natsMetrics.subscriptions, scope), perCluster), '{{cluster}}']],
    min: 0,
  });

export const slowConsumers = () =>
  timeseries({
    title: 'Slow consumers cut off',
    description:
      'Clients that the server cut off, because they read more slowly than messages came. Should be 0.',
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
      'What the servers hold for clients that have not read it yet. It rises before a client is cut off.',
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
