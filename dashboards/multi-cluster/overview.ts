import { recorded } from '../../metrics/definitions/recorded.ts';
import { constant, count, lt, max, or, select, sum } from '../../metrics/promql.ts';
import { federationThresholds } from '../../rules/federation.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { stat } from '../panel.ts';
import { clusterScope, scope } from '../variables.ts';

/** Seconds. A cluster counts as reporting if its newest sample is younger than this limit. */
const reportingWithin = 60;

export const clustersReporting = () =>
  stat({
    title: 'Clusters reporting',
    description: `Clusters whose newest sample is less than ${reportingWithin} seconds old.`,
    unit: 'short',
    queries: [
      [or(count(lt(select(recorded.silence, clusterScope), reportingWithin)), constant(0)), 'clusters'],
    ],
  });

export const oldestSample = ({ drawn, inWords }: ThresholdReader) =>
  stat({
    title: 'Longest silence',
    description: `Age of the newest sample of the cluster that has been silent longest. Above ${inWords(federationThresholds.silence)}, EdgeClusterSilent fires.`,
    unit: 's',
    queries: [[max(select(recorded.silence, clusterScope)), 'silence']],
    thresholds: [
      [reportingWithin, 'yellow'],
      [drawn(federationThresholds.silence), 'red'],
    ],
    decimals: 0,
  });

export const worstRemoteWriteLag = ({ drawn }: ThresholdReader) =>
  stat({
    title: 'Worst remote-write lag',
    description: 'How far the slowest agent is behind its newest scraped sample.',
    unit: 's',
    queries: [[max(select(recorded.remoteWriteLag, scope)), 'lag']],
    thresholds: [
      [drawn(federationThresholds.lag) / 4, 'yellow'],
      [drawn(federationThresholds.lag), 'red'],
    ],
    decimals: 0,
  });

export const totalConnections = () =>
  stat({
    title: 'Connections, all clusters',
    description: 'Client connections of all NATS servers together.',
    unit: 'short',
    queries: [[sum(select(recorded.connections, scope)), 'connections']],
  });

export const totalMessages = () =>
  stat({
    title: 'Messages received, all clusters',
    description: 'Messages a second of all NATS servers together.',
    unit: 'mps',
    queries: [[sum(select(recorded.inMsgs, scope)), 'messages']],
    decimals: 1,
  });
