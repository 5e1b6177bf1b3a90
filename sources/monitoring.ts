import { operatorSecret, tlsSecrets } from '../config/cluster-names.ts';
import { namespaces, releases } from '../config/topology.ts';
import { alertmanagerMetrics } from '../metrics/definitions/alertmanager.ts';
import { certManagerMetrics } from '../metrics/definitions/cert-manager.ts';
import { kubeStateMetrics } from '../metrics/definitions/kube-state.ts';
import { nodeMetrics } from '../metrics/definitions/node.ts';
import { processMetrics } from '../metrics/definitions/process.ts';
import { prometheusMetrics } from '../metrics/definitions/prometheus.ts';
import { pushGroupMetrics, pushgatewayMetrics } from '../metrics/definitions/pushgateway.ts';
import type { Source } from './source.ts';

const central = {
  namespace: namespaces.monitoring,
  scrapedBy: 'central',
  path: '/metrics',
  watched: true,
} as const;
const byChart = (tlsSecret: string) => ({ kind: 'ServiceMonitor', madeBy: 'chart', tlsSecret }) as const;
const program = <const Name extends string>(name: Name) => ({ kind: 'program', name }) as const;

/** The central Prometheus and the programs around Prometheus, such as Alertmanager. */
export const monitoringSources = {
  prometheus: {
    ...central,
    job: `${releases.kubePrometheusStack}-prometheus`,
    port: 9090,
    runsOn: 'laptop-and-cluster',
    monitor: byChart(tlsSecrets.prometheus),
    program: program('prometheus'),
    expectedSeries: 2_000,
    metrics: prometheusMetrics,
  },
  alertmanager: {
    ...central,
    job: `${releases.kubePrometheusStack}-alertmanager`,
    port: 9093,
    runsOn: 'laptop-and-cluster',
    monitor: byChart(tlsSecrets.alertmanager),
    program: program('alertmanager'),
    expectedSeries: 1_000,
    metrics: alertmanagerMetrics,
  },
  pushgateway: {
    ...central,
    job: 'pushgateway',
    port: 9091,
    honorLabels: true,
    runsOn: 'laptop-and-cluster',
    monitor: { ...byChart(tlsSecrets.pushgateway), madeBy: 'platform' },
    program: program('pushgateway'),
    expectedSeries: 1_000,
    metrics: { ...pushgatewayMetrics, ...pushGroupMetrics, startTime: processMetrics.startTime },
  },
  certManager: {
    ...central,
    job: 'cert-manager',
    port: 9402,
    runsOn: 'cluster',
    monitor: { kind: 'ServiceMonitor', madeBy: 'chart' },
    program: program('cert-manager'),
    expectedSeries: 1_000,
    metrics: certManagerMetrics,
  },
  kubeStateMetrics: {
    ...central,
    expectedSeries: 20_000,
    job: 'kube-state-metrics',
    port: 8443,
    runsOn: 'cluster',
    monitor: byChart(tlsSecrets.kubeStateMetrics),
    program: program('kube-state-metrics'),
    metrics: kubeStateMetrics,
  },
  operator: {
    ...central,
    job: `${releases.kubePrometheusStack}-operator`,
    port: 10_250,
    runsOn: 'cluster',
    monitor: byChart(operatorSecret),
    program: program('prometheus-operator'),
    expectedSeries: 1_000,
    metrics: {},
  },
  nodeExporter: {
    ...central,
    // kube-prometheus-stack sets this job through `jobLabel`.
    job: 'node-exporter',
    port: 9100,
    runsOn: 'laptop-and-cluster',
    monitor: byChart(tlsSecrets.nodeExporter),
    program: program('node_exporter'),
    expectedSeries: 2_000,
    metrics: nodeMetrics,
  },
} as const satisfies Readonly<Record<string, Source>>;
