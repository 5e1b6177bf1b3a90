import { thanos, tlsSecrets } from '../config/cluster-names.ts';
import { namespaces } from '../config/topology.ts';
import { processMetrics } from '../metrics/definitions/process.ts';
import { prometheusMetrics } from '../metrics/definitions/prometheus.ts';
import { remoteWriteMetrics } from '../metrics/definitions/remote-write.ts';
import {
  thanosCompactMetrics,
  thanosHeadMetrics,
  thanosHttpMetrics,
  thanosObjectStoreMetrics,
  thanosQueryMetrics,
  thanosReceiveMetrics,
  thanosRuleMetrics,
  thanosStoreMetrics,
} from '../metrics/definitions/thanos.ts';
import { thanosConnectionMetrics } from '../metrics/definitions/thanos-connections.ts';
import type { Source } from './source.ts';

const ofProcess = { residentMemory: processMetrics.residentMemory, cpuSeconds: processMetrics.cpuSeconds };
const { grpcHandled, ...ruleConnections } = thanosConnectionMetrics;

const member = {
  namespace: thanos.namespace,
  scrapedBy: 'central',
  path: '/metrics',
  port: thanos.ports.http,
  runsOn: 'cluster',
  engine: 'thanos',
  expectedSeries: 2_000,
  program: { kind: 'program', name: 'thanos' },
  watched: true,
} as const;
const monitor = (tlsSecret: string) => ({ kind: 'ServiceMonitor', madeBy: 'platform', tlsSecret }) as const;

/** The programs of Thanos in a cluster. `laptopThanosJobs` has the programs on the laptop. */
export const thanosSources = {
  thanosRouter: {
    ...member,
    job: thanos.router,
    monitor: monitor(tlsSecrets.thanosRouter),
    metrics: { ...thanosReceiveMetrics, ...thanosHttpMetrics, ...ofProcess },
  },
  thanosIngester: {
    ...member,
    job: thanos.ingester,
    monitor: monitor(tlsSecrets.thanosIngester),
    metrics: { ...thanosHeadMetrics, grpcHandled, ...thanosObjectStoreMetrics, ...ofProcess },
  },
  thanosQuery: {
    ...member,
    job: thanos.query,
    monitor: monitor(tlsSecrets.thanosQuery),
    metrics: { ...thanosHttpMetrics, ...thanosQueryMetrics, ...ofProcess },
  },
  thanosRuler: {
    ...member,
    job: thanos.rulerService,
    namespace: namespaces.monitoring,
    monitor: monitor(tlsSecrets.thanosRuler),
    metrics: {
      ...thanosRuleMetrics,
      ...ruleConnections,
      startTime: processMetrics.startTime,
      ruleFailures: prometheusMetrics.ruleFailures,
      ruleGroupDuration: prometheusMetrics.ruleGroupDuration,
      ruleGroupInterval: prometheusMetrics.ruleGroupInterval,
      sent: remoteWriteMetrics.sent,
      failed: remoteWriteMetrics.failed,
      retried: remoteWriteMetrics.retried,
      ...ofProcess,
    },
  },
  thanosStore: {
    ...member,
    job: thanos.store,
    needs: 'object-store',
    monitor: monitor(tlsSecrets.thanosStore),
    metrics: { ...thanosStoreMetrics, ...thanosObjectStoreMetrics, ...ofProcess },
  },
  thanosCompactor: {
    ...member,
    job: thanos.compactor,
    needs: 'object-store',
    monitor: monitor(tlsSecrets.thanosCompactor),
    metrics: {
      ...thanosCompactMetrics,
      ...thanosObjectStoreMetrics,
      startTime: processMetrics.startTime,
      ...ofProcess,
    },
  },
} as const satisfies Readonly<Record<string, Source>>;

/** Values of the label `job` on the laptop. The laptop receiver is a router and an ingester. */
export const laptopThanosJobs = {
  receive: 'thanos-receive',
  query: thanos.query,
  rule: thanos.rulerService,
} as const;

export const laptopReceiver = {
  job: laptopThanosJobs.receive,
  expectedSeries: thanosSources.thanosRouter.expectedSeries + thanosSources.thanosIngester.expectedSeries,
} as const;
