import { tlsSecrets } from '../config/cluster-names.ts';
import { binanceUrl } from '../config/knobs.ts';
import { namespaces } from '../config/topology.ts';
import { batchPusherMetrics } from '../metrics/definitions/batch-pusher.ts';
import { processMetrics } from '../metrics/definitions/process.ts';
import { usdtMetrics } from '../metrics/definitions/usdt.ts';
import type { Source } from './source.ts';

export const functionSources = {
  usdtExporter: {
    job: 'usdt-exporter',
    namespace: namespaces.nats,
    scrapedBy: 'central',
    cluster: 'primary',
    port: 5000,
    expectedSeries: 200,
    path: '/metrics',
    runsOn: 'laptop-and-cluster',
    monitor: { kind: 'ServiceMonitor', madeBy: 'platform', tlsSecret: tlsSecrets.usdtExporter },
    program: {
      kind: 'function',
      name: 'usdt-exporter',
      description: 'Exposes the USDT/VND rate of Binance P2P to Prometheus',
      role: 'exporter',
      upstream: { url: binanceUrl, setting: 'USDT_UPSTREAM_URL' },
    },
    metrics: { ...usdtMetrics, ...processMetrics },
    watched: true,
  },
  batchPusher: {
    job: 'batch-pusher',
    namespace: namespaces.monitoring,
    scrapedBy: 'central',
    port: 5001,
    expectedSeries: 200,
    path: '/metrics',
    runsOn: 'laptop-and-cluster',
    monitor: { kind: 'ServiceMonitor', madeBy: 'platform', tlsSecret: tlsSecrets.batchPusher },
    program: {
      kind: 'function',
      name: 'batch-pusher',
      description: 'Pushes the reports of batch runs to a Prometheus Pushgateway',
      role: 'service',
    },
    metrics: { ...batchPusherMetrics, ...processMetrics },
    watched: true,
  },
} as const satisfies Readonly<Record<string, Source>>;
