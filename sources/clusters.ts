import { tlsSecrets } from '../config/cluster-names.ts';
import { namespaces } from '../config/topology.ts';
import { jetStreamMetrics } from '../metrics/definitions/jetstream.ts';
import { natsMetrics } from '../metrics/definitions/nats.ts';
import { agentMetrics, remoteWriteMetrics } from '../metrics/definitions/remote-write.ts';
import type { Source } from './source.ts';

const natsExporter = {
  jobsOfAllClusters: '.+/nats',
  expectedSeries: 1_000,
  path: '/metrics',
  runsOn: 'laptop-and-cluster',
  monitor: { kind: 'PodMonitor', madeBy: 'chart', tlsSecret: tlsSecrets.natsExporter },
  program: { kind: 'program', name: 'prometheus-nats-exporter' },
  metrics: { ...natsMetrics, ...jetStreamMetrics },
  watched: true,
} as const;

/** Sources in the monitored clusters: the primary cluster and the edge clusters. */
export const clusterSources = {
  natsExporter: {
    ...natsExporter,
    job: `${namespaces.nats}/nats`,
    namespace: namespaces.nats,
    scrapedBy: 'central',
    cluster: 'primary',
    port: 7777,
  },
  edgeNatsExporter: {
    ...natsExporter,
    job: `${namespaces.edge}/nats`,
    namespace: namespaces.edge,
    scrapedBy: 'agent',
    cluster: 'edge',
    // Port on the laptop. `natsExporter` uses the port 7777 on the same laptop.
    port: 7778,
  },
  prometheusAgent: {
    job: `${namespaces.edge}/prometheus-agent`,
    jobsOfAllClusters: '.+/prometheus-agent',
    namespace: namespaces.edge,
    scrapedBy: 'agent',
    cluster: 'edge',
    port: 9095,
    expectedSeries: 1_000,
    path: '/metrics',
    runsOn: 'laptop-and-cluster',
    monitor: { kind: 'PodMonitor', madeBy: 'platform', tlsSecret: tlsSecrets.prometheusAgent },
    program: { kind: 'program', name: 'prometheus' },
    metrics: { ...agentMetrics, ...remoteWriteMetrics },
    watched: true,
  },
} as const satisfies Readonly<Record<string, Source>>;
