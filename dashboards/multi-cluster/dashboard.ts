import { board } from '../board.ts';
import * as arrival from './arrival.ts';
import * as overview from './overview.ts';
import * as remoteWrite from './remote-write.ts';
import * as sideBySide from './side-by-side.ts';

export const multiClusterDashboard = board({
  uid: 'multi-cluster',
  title: 'Clusters side by side',
  fileName: 'multi-cluster-dashboard.json',
  description: 'All NATS clusters side by side, and how their samples reach the central Prometheus.',
  overview: (thresholds) => [
    overview.clustersReporting(),
    overview.oldestSample(thresholds),
    overview.worstRemoteWriteLag(thresholds),
    overview.totalConnections(),
    overview.totalMessages(),
  ],
  rows: (thresholds) => ({
    'Side by side': [
      sideBySide.clusterTable(),
      sideBySide.connectionsByCluster(),
      sideBySide.messagesByCluster(),
      sideBySide.subscriptionsByCluster(),
      sideBySide.received(),
      sideBySide.delivered(),
      sideBySide.bytesReceived(),
      sideBySide.bytesDelivered(),
      sideBySide.connectionsOverTime(),
      sideBySide.storage(),
    ],
    Arrival: [
      arrival.sampleAge(thresholds),
      arrival.natsSampleAge(thresholds),
      arrival.targetsUp(),
      arrival.lateSamples(),
    ],
    'Remote write': [
      remoteWrite.remoteWriteLag(thresholds),
      remoteWrite.samplesSent(),
      remoteWrite.samplesInTrouble(),
      remoteWrite.shards(),
      remoteWrite.samplesPending(),
      remoteWrite.bytesSent(),
      remoteWrite.agentSeries(),
    ],
  }),
});
