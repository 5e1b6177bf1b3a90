/** Names that exist only in a cluster; topology.ts has the names that cluster and laptop share. */

import { namespaces, releases } from './topology.ts';

export const certManager = {
  namespace: 'cert-manager',
  release: 'cert-manager',
} as const;

/** Thanos, the engine of an environment with `central.engine: 'thanos'`. */
export const thanos = {
  namespace: 'thanos',
  /** The service account of the pods that read and write blocks in the object store. */
  serviceAccount: 'thanos',
  /** Names of workloads and of their Services. */
  router: 'thanos-router',
  ingester: 'thanos-ingester',
  query: 'thanos-query',
  store: 'thanos-store',
  compactor: 'thanos-compactor',
  /** Name of the ThanosRuler in the monitoring namespace, and of the Service that the operator creates for it. */
  ruler: 'platform',
  rulerService: 'thanos-ruler-operated',
  /** TCP ports of each process: StoreAPI, and metrics with probes; the latter is also the API of the querier. */
  ports: { grpc: 10901, http: 10902 },
  /** Path of remote write at the routers. */
  writePath: '/api/v1/receive',
  /** DNS name in the certificate of each gRPC server, because a client verifies one name for all servers. */
  memberName: 'member.thanos.prometheus-platform.internal',
  /** Labels that distinguish the copies of a series. The operator sets the last one on the series of a ruler. */
  replicaLabels: ['replica', 'tenant_id', 'thanos_ruler_replica'],
} as const;

/** The DNS name in the client certificate of a program that writes to Thanos or queries it. */
export function thanosClientIdentity(program: string): string {
  return `${program}.client.thanos.prometheus-platform.internal`;
}

/** The platform's own CA, used if an environment names no issuer. */
export const platformCa = {
  /** Self-signed; signs only the CA below. */
  rootIssuer: 'platform-root',
  /** Signs every certificate of the platform. */
  issuer: 'platform-ca',
  /** Holds the private key of the CA. A ClusterIssuer reads Secrets in the namespace of cert-manager. */
  secret: 'platform-ca',
  /** Only the CA certificate, for clients that must trust the CA; in the monitoring namespace, key `ca.crt`. */
  configMap: 'platform-ca',
} as const;

/**
 * Secrets that cert-manager fills: `tls.crt`, `tls.key`, `ca.crt`. Each name contains the program that the certificate
 * identifies.
 */
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
  thanosRouter: 'thanos-router-tls',
  thanosIngester: 'thanos-ingester-tls',
  thanosQuery: 'thanos-query-tls',
  thanosStore: 'thanos-store-tls',
  thanosCompactor: 'thanos-compactor-tls',
  thanosRuler: 'thanos-ruler-tls',
  /** Client certificates for Thanos. */
  prometheusWriter: 'prometheus-writer-tls',
  grafanaReader: 'grafana-reader-tls',
} as const;

/** The certificate of the operator's admission webhook. The chart sets this name. */
export const operatorSecret = `${releases.kubePrometheusStack}-admission`;

/** Secrets that hold credentials. Terraform's state contains none of the values. */
export const credentialSecrets = {
  grafanaAdmin: 'grafana-admin',
  alertReceivers: 'alertmanager-receivers',
  registry: 'acr-credentials',
  batchPusherToken: 'batch-pusher-token',
  airflow: 'airflow-secrets',
} as const;

/** Services, with the names that the charts and the operator give them. */
export const services = {
  prometheus: { name: `${releases.kubePrometheusStack}-prometheus`, namespace: namespaces.monitoring },
  alertmanager: { name: `${releases.kubePrometheusStack}-alertmanager`, namespace: namespaces.monitoring },
  grafana: { name: `${releases.kubePrometheusStack}-grafana`, namespace: namespaces.monitoring },
  pushgateway: { name: releases.pushgateway, namespace: namespaces.monitoring },
} as const;

/** DNS names in an environment's private network for services of the cluster. */
export function privateHosts(zone: string) {
  return { pushgateway: `pushgateway.${zone}` } as const;
}

/** Names of an edge's objects that do not belong to NATS. */
export const edgeNames = {
  agent: 'prometheus-agent',
  natsMetricsService: 'nats-metrics',
} as const;

/** The CronJob that runs the batch if neither Airflow nor Azure runs the batch. */
export const batchSchedule = 'batch-pusher-schedule';

export const airflowRelease = 'airflow';

/** The operator without a central Prometheus, in a cluster that holds only edges. */
export const operatorRelease = 'prometheus-operator';

/** Every release of a chart that an environment may install. */
export const releaseNames = [
  releases.operatorCrds,
  certManager.release,
  releases.kubePrometheusStack,
  operatorRelease,
  releases.pushgateway,
  releases.nats,
  airflowRelease,
] as const;

export type ReleaseName = (typeof releaseNames)[number];

/**
 * In an edge's namespace: the client certificate of the agent, issued in this cluster or copied from the central
 * cluster.
 */
export const remoteWriteSecret = 'remote-write-tls';

/**
 * The listener for remote write of edges, in the pod of the central Prometheus. It requires the edges' client
 * certificates.
 */
export const remoteWriteListener = {
  /** TCP port of the pod, the Service and the internal load balancer. */
  port: 9096,
  portName: 'remote-write',
  /**
   * TCP port of the listener's `/healthz`, which only the kubelet reaches, because no network policy opens the port.
   */
  healthPort: 9097,
  /** The only path that the listener forwards. */
  path: '/api/v1/write',
} as const;

/**
 * The DNS name in an edge's client certificate, by which the listener identifies the edge. Names of Services end in
 * `svc` or in the cluster's domain, therefore no server certificate contains such a name.
 */
export function edgeIdentity(edge: string): string {
  return `${edge}.edge.prometheus-platform.internal`;
}

/** In the central cluster: the client certificate of an edge in another cluster, from which an operator copies it. */
export function edgeClientSecret(edge: string): string {
  return `edge-${edge}-client-tls`;
}
