/** Names that exist only in a cluster; topology.ts has the names that the cluster and the laptop share. */

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
  /**
   * TCP ports of each process. `grpc` is the port of the StoreAPI. `http` is the port of the metrics, the probes and,
   * in the querier, the query API.
   */
  ports: { grpc: 10901, http: 10902 },
  /** Listeners of a receiver that only its own pod reaches: remote write, and Cap'n Proto, which has no TLS. */
  loopback: { write: 19291, capnproto: 19391 },
  /** Path of remote write at the receiver behind the remote-write listener. */
  writePath: '/api/v1/receive',
  /** Name of the routers in the metrics of a writer, which has a queue for each name. */
  remoteName: 'thanos',
  /** Header that selects the tenant of a write, and the tenant of a write without it. */
  tenantHeader: 'THANOS-TENANT',
  defaultTenant: 'default-tenant',
  /** DNS name in the certificate of each gRPC server, because a client verifies one name for all servers. */
  memberName: 'member.thanos.prometheus-platform.internal',
  /** Labels that distinguish the copies of a series. The operator sets the last one on the series of a ruler. */
  replicaLabels: ['replica', 'tenant_id', 'thanos_ruler_replica'],
} as const;

/** The DNS name in the client certificate of a program that writes to Thanos or queries it. */
export function thanosClientIdentity(program: 'prometheus' | 'ruler' | 'grafana'): string {
  return `${program}.client.thanos.prometheus-platform.internal`;
}

/** The platform's own CA. Only environments without `certificates.issuer` use it. */
export const platformCa = {
  /** Self-signed issuer that signs only the certificate of the CA. */
  rootIssuer: 'platform-root',
  /** Issuer that signs every certificate of the platform. */
  issuer: 'platform-ca',
  /**
   * Secret with the private key of the CA, in the namespace of cert-manager, because a ClusterIssuer reads Secrets only
   * there.
   */
  secret: 'platform-ca',
  /**
   * ConfigMap in the monitoring namespace with only the CA certificate (key `ca.crt`), for clients that must trust the
   * CA.
   */
  configMap: 'platform-ca',
} as const;

/**
 * Secrets that cert-manager fills with `tls.crt`, `tls.key` and `ca.crt`. The name of a Secret contains the name of the
 * program that uses the certificate.
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
  rulerWriter: 'ruler-writer-tls',
  grafanaReader: 'grafana-reader-tls',
} as const;

/** Secret with the certificate of the operator's admission webhook. The chart sets this name. */
export const operatorSecret = `${releases.kubePrometheusStack}-admission`;

/** Secrets that contain credentials. The credentials are not in Terraform's state. */
export const credentialSecrets = {
  grafanaAdmin: 'grafana-admin',
  alertReceivers: 'alertmanager-receivers',
  registry: 'acr-credentials',
  batchPusherToken: 'batch-pusher-token',
  airflow: 'airflow-secrets',
} as const;

/** Names of Services. The charts and the operator set these names. */
export const services = {
  prometheus: { name: `${releases.kubePrometheusStack}-prometheus`, namespace: namespaces.monitoring },
  alertmanager: { name: `${releases.kubePrometheusStack}-alertmanager`, namespace: namespaces.monitoring },
  grafana: { name: `${releases.kubePrometheusStack}-grafana`, namespace: namespaces.monitoring },
  pushgateway: { name: releases.pushgateway, namespace: namespaces.monitoring },
} as const;

/** DNS names of the cluster's services in the private DNS zone of an environment. */
export function privateHosts(zone: string) {
  return { pushgateway: `pushgateway.${zone}` } as const;
}

/** Names of an edge's objects, except the objects of NATS. */
export const edgeNames = {
  agent: 'prometheus-agent',
  natsMetricsService: 'nats-metrics',
  /** Label that distinguishes the two agents of an edge. The operator sets it to the name of the pod. */
  replicaLabel: 'prometheus_replica',
} as const;

/** Name of the CronJob that runs the batch if neither Airflow nor Azure runs it. */
export const batchSchedule = 'batch-pusher-schedule';

export const airflowRelease = 'airflow';

/** Release of the operator without a central Prometheus, in a cluster that contains only edges. */
export const operatorRelease = 'prometheus-operator';

/** Names of all releases of charts that an environment may install. */
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
 * Secret with the agent's client certificate, in the edge's namespace. The edge's cluster issues this certificate, or
 * an operator copies it from the central cluster.
 */
export const remoteWriteSecret = 'remote-write-tls';

/**
 * The remote-write listener for edges, in the pod of the central Prometheus, and in the pods of the routers of Thanos.
 * The listener requires the client certificate of an edge.
 */
export const remoteWriteListener = {
  /** TCP port of the pod, the Service and the internal load balancer. */
  port: 9096,
  portName: 'remote-write',
  /** TCP port of the listener's `/healthz`. Only the kubelet reaches this port, because no network policy allows it. */
  healthPort: 9097,
  /** The only path that the listener forwards. Both engines have the same one. */
  path: '/api/v1/write',
} as const;

/**
 * The DNS name in an edge's client certificate. The listener identifies the edge by this name. The names in server
 * certificates end in `svc` or in the cluster's domain, therefore no server certificate contains such a name.
 */
export function edgeIdentity(edge: string): string {
  return `${edge}.edge.prometheus-platform.internal`;
}

/**
 * Secret in the central cluster with the client certificate of an edge in another cluster. An operator copies the
 * certificate from this Secret to the edge's cluster.
 */
export function edgeClientSecret(edge: string): string {
  return `edge-${edge}-client-tls`;
}
