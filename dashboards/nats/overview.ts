import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { constant, count, max, or, select, sum } from '../../metrics/promql.ts';
import { natsThresholds } from '../../rules/nats.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { stat } from '../panel.ts';
import { scope } from '../variables.ts';

export const serversAnswering = () =>
  stat({
    title: 'Servers answering',
    description:
      'NATS servers that answer their exporter. The panel reads connz, because the exporter repeats varz after its server has ended.',
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
      'Messages a second that clients publish, including acknowledgements and requests to JetStream.',
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

export const worstLag = ({ drawn, inWords }: ThresholdReader) =>
  stat({
    title: 'Worst consumer lag',
    description: `Age of the oldest backlog at the growth rate of its stream. Above ${inWords(natsThresholds.consumerLag)}, NatsConsumerLagging fires.`,
    unit: 's',
    queries: [[max(select(recorded.consumerLag, scope)), 'lag']],
    thresholds: [
      [drawn(natsThresholds.consumerLag) / 5, 'yellow'],
      [drawn(natsThresholds.consumerLag), 'red'],
    ],
  });
