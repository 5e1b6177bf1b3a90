/** Names that only a cluster has; those that it shares with the laptop are in topology.ts. */

import { namespaces, releases } from './topology.ts';

export const certManager = {
  namespace: 'cert-manager',
  release: 'cert-manager',
} as const;

/** The long-term store, where an environment chooses it as its engine. */
export const mimir = {
  namespace: 'mimir',
  release: 'mimir',
  serviceAccount: 'mimir',
  /** Service in front of it, port 80. */
  gateway: 'mimir-gateway',
} as const;

/** The platform's own certificate authority, where an environment names no issuer of its own. */
export const platformCa = {
  /** Self-signed; signs nothing but the authority below. */
  rootIssuer: 'platform-root',
  /** Signs every certificate of the platform. */
  issuer: 'platform-ca',
  /** Holds the authority's key; in cert-manager's namespace, where a ClusterIssuer looks for it. */
  secret: 'platform-ca',
  /** The authority's certificate alone, for whoever must trust it; in the monitoring namespace, key `ca.crt`. */
  configMap: 'platform-ca',
} as const;

/** Secrets that cert-manager fills: `tls.crt`, `tls.key`, `ca.crt`. Named after whom they identify. */
export const tlsSecrets = {
  prometheus: 'prometheus-tls',
  alertmanager: 'alertmanager-tls',
  grafana: 'grafana-tls',
  kubeStateMetrics: 'kube-state-metrics-tls',
  nodeExporter: 'node-exporter-tls',
  pushgateway: 'pushgateway-tls',
  nats: 'nats-tls',
  natsExporter: 'nats-exporter-tls',
  usdtExporter: 'usdt-exporter-tls',
  batchPusher: 'batch-pusher-tls',
  prometheusAgent: 'prometheus-agent-tls',
} as const;

/** The certificate of the operator's admission webhook; the chart names it. */
export const operatorSecret = `${releases.kubePrometheusStack}-admission`;

/** Secrets that hold credentials; no value of them is in Terraform's state. */
export const credentialSecrets = {
  grafanaAdmin: 'grafana-admin',
  alertReceivers: 'alertmanager-receivers',
  registry: 'acr-credentials',
  batchPusherToken: 'batch-pusher-token',
  airflow: 'airflow-secrets',
} as const;

/** Services by the names that charts and operator give them. */
export const services = {
  prometheus: { name: `${releases.kubePrometheusStack}-prometheus`, namespace: namespaces.monitoring },
  alertmanager: { name: `${releases.kubePrometheusStack}-alertmanager`, namespace: namespaces.monitoring },
  grafana: { name: `${releases.kubePrometheusStack}-grafana`, namespace: namespaces.monitoring },
  pushgateway: { name: releases.pushgateway, namespace: namespaces.monitoring },
} as const;

/** Names inside an environment's private network for what the cluster serves to it. */
export function privateHosts(zone: string) {
  return { pushgateway: `pushgateway.${zone}` } as const;
}

/** Object names of an edge beside its NATS. */
export const edgeNames = {
  agent: 'prometheus-agent',
  natsMetricsService: 'nats-metrics',
} as const;

/** The CronJob that runs the batch, where neither Airflow nor Azure does. */
export const batchSchedule = 'batch-pusher-schedule';

export const airflowRelease = 'airflow';

/** The operator alone, in a cluster that holds an edge and no central Prometheus. */
export const operatorRelease = 'prometheus-operator';

/** Every release of a chart that an environment may install. */
export const releaseNames = [
  releases.operatorCrds,
  certManager.release,
  releases.kubePrometheusStack,
  operatorRelease,
  releases.pushgateway,
  releases.nats,
  mimir.release,
  airflowRelease,
] as const;

export type ReleaseName = (typeof releaseNames)[number];

/** In an edge's namespace: the client certificate that its agent writes with, issued there or carried over. */
export const remoteWriteSecret = 'remote-write-tls';

/**
 * The listener for remote write of edges, in the pod of the central Prometheus: demands the edges' client certificates.
 */
export const remoteWriteListener = {
  /** TCP port of the pod, the Service and the internal load balancer. */
  port: 9096,
  portName: 'remote-write',
  /**
   * TCP port of the listener's `/healthz`, which only the kubelet reaches, because no network policy opens the port.
   */
  healthPort: 9097,
  /** The one path that the listener forwards. */
  path: '/api/v1/write',
} as const;

/**
 * The DNS name in an edge's client certificate, by which the listener identifies the edge. Names of Services end in
 * `svc` or in
 * the cluster's domain, therefore no server's certificate has such a name.
 */
export function edgeIdentity(edge: string): string {
  return `${edge}.edge.prometheus-platform.internal`;
}

/** In the central cluster: the client certificate of an edge elsewhere, until it is carried over. */
export function edgeClientSecret(edge: string): string {
  return `edge-${edge}-client-tls`;
}
