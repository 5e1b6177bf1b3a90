import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { constant, count, max, or, select, sum } from '../../metrics/promql.ts';
import { stat } from '../panel.ts';
import { scope } from '../variables.ts';

export const serversAnswering = () =>
  stat({
    title: 'Servers answering',
    description:
      'NATS servers that answer their exporter. Judged by connz, because the exporter repeats varz when its server is gone.',
    unit: 'short',
    queries: [[or(count(select(natsMetrics.reportedConnections, scope)), constant(0)), 'servers']],
  });

export const connectionsNow = () =>
  stat({
    title: 'Connections',
    description: 'Client connections that are open now.',
    unit: 'short',
    queries: [[sum(select(natsMetrics.connections, scope)), 'connections']],
  });

export const messagesNow = () =>
  stat({
    title: 'Messages received',
    description:
      'Messages a second that clients publish, acknowledgements and requests to JetStream among them.',
    unit: 'mps',
    queries: [[sum(select(recorded.inMsgs, scope)), 'messages']],
  });

export const streams = () =>
  stat({
    title: 'Streams',
    description: 'JetStream streams, counted on each server that holds a replica.',
    unit: 'short',
    queries: [[sum(select(recorded.totalStreams, scope)), 'streams']],
  });

export const worstLag = () =>
  stat({
    title: 'Worst consumer lag',
    description:
      'Age of the oldest backlog, at the rate at which its stream grows. It pages from five minutes on.',
    unit: 's',
    queries: [[max(select(recorded.consumerLag, scope)), 'lag']],
    thresholds: [
      [60, 'yellow'],
      [300, 'red'],
    ],
  });
