import { recorded } from '../../metrics/definitions/recorded.ts';
import { constant, count, lt, max, or, select, sum } from '../../metrics/promql.ts';
import { stat } from '../panel.ts';
import { clusterScope, scope } from '../variables.ts';

export const clustersReporting = () =>
  stat({
    title: 'Clusters reporting',
    description: 'Clusters whose newest sample is less than a minute old.',
    unit: 'short',
    queries: [[or(count(lt(select(recorded.silence, clusterScope), 60)), constant(0)), 'clusters']],
  });

export const oldestSample = () =>
  stat({
    title: 'Longest silence',
    description:
      'Age of the newest sample of the cluster that has been silent longest. It pages from three minutes on.',
    unit: 's',
    queries: [[max(select(recorded.silence, clusterScope)), 'silence']],
    thresholds: [
      [60, 'yellow'],
      [180, 'red'],
    ],
    decimals: 0,
  });

export const worstRemoteWriteLag = () =>
  stat({
    title: 'Worst remote-write lag',
    description: 'How far the slowest agent is behind what it has scraped.',
    unit: 's',
    queries: [[max(select(recorded.remoteWriteLag, scope)), 'lag']],
    thresholds: [
      [30, 'yellow'],
      [120, 'red'],
    ],
    decimals: 0,
  });

export const totalConnections = () =>
  stat({
    title: 'Connections, all clusters',
    description: 'Client connections of every NATS together.',
    unit: 'short',
    queries: [[sum(select(recorded.connections, scope)), 'connections']],
  });

export const totalMessages = () =>
  stat({
    title: 'Messages received, all clusters',
    description: 'Messages a second of every NATS together.',
    unit: 'mps',
    queries: [[sum(select(recorded.inMsgs, scope)), 'messages']],
    decimals: 1,
  });
