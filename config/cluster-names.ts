/**
 * Names in a Kubernetes cluster, such as the names of namespaces, Services and Secrets. Names for both the cluster and
 * the laptop are usually in topology.ts.
 */

import { namespaces, ports, releases } from './topology.ts';

export const certManager = {
  namespace: 'cert-manager',
  release: 'cert-manager',
} as const;

export const thanos = {
  namespace: 'thanos',
  /** Service account of all pods in this namespace. */
  serviceAccount: 'thanos',
  /** Each name from `router` to `compactor` is the name of a workload and of its Service. */
  router: 'thanos-router',
  ingester: 'thanos-ingester',
  query: 'thanos-query',
  store: 'thanos-store',
  compactor: 'thanos-compactor',
  /** Name of the ThanosRuler in the monitoring namespace. */
  ruler: 'platform',
  rulerService: 'thanos-ruler-operated',
  /**
   * TCP ports: `grpc` for the StoreAPI and for samples from the routers, `http` for metrics and probes. The querier
   * also serves queries on `http`.
   */
  ports: { grpc: 10901, http: 10902 },
  /**
   * Ports without TLS, therefore only open inside the pod. Thanos always opens `capnproto`, but the platform does not
   * use `capnproto`.
   */
  loopback: { write: 19291, capnproto: 19391 },
  /** The remote-write listener forwards each write to this path of the receiver. */
  writePath: '/api/v1/receive',
  /** Value of the label `remote_name` in the metrics of a program in the central cluster that writes to Thanos. */
  remoteName: 'thanos',
  /** A write without this header belongs to `defaultTenant`. */
  tenantHeader: 'THANOS-TENANT',
  defaultTenant: 'default-tenant',
  /**
   * DNS name in the certificate of every Thanos gRPC server. All servers share this name, because a Thanos client has
   * one server name for all its connections.
   */
  memberName: 'member.thanos.prometheus-platform.internal',
  /**
   * Labels in which the copies of a series differ. The querier ignores these labels. The Prometheus Operator adds
   * `thanos_ruler_replica`.
   */
  replicaLabels: ['replica', 'tenant_id', 'thanos_ruler_replica'],
} as const;

/** DNS name in the certificate with which `program` connects to Thanos. */
export function thanosClientIdentity(program: 'prometheus' | 'ruler' | 'grafana'): string {
  return `${program}.client.thanos.prometheus-platform.internal`;
}

/** Names for the platform's own CA. The CA does not exist if the environment sets `certificates.issuer`. */
export const platformCa = {
  /** Name of the issuer that signs only one certificate: the certificate of the platform's CA. */
  rootIssuer: 'platform-root',
  /** Default issuer of the platform's certificates. */
  issuer: 'platform-ca',
  /**
   * Secret with the private key of the CA. The Secret is in the namespace of cert-manager, because a ClusterIssuer
   * reads only Secrets of this namespace.
   */
  secret: 'platform-ca',
  /**
   * ConfigMap in the monitoring namespace with the CA certificate (key `ca.crt`), for clients that must trust the CA.
   */
  configMap: 'platform-ca',
} as const;

/** Secrets that contain the TLS certificate of a program: `tls.crt`, `tls.key` and `ca.crt`. */
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
  /** Client certificates for connections to Thanos. */
  prometheusWriter: 'prometheus-writer-tls',
  rulerWriter: 'ruler-writer-tls',
  grafanaReader: 'grafana-reader-tls',
} as const;

/** Secret with the certificate of the operator's admission webhook. The chart defines this name. */
export const operatorSecret = `${releases.kubePrometheusStack}-admission`;

/** Names of the Secrets with credentials. Terraform does not store the credentials in its state. */
export const credentialSecrets = {
  grafanaAdmin: 'grafana-admin',
  alertReceivers: 'alertmanager-receivers',
  registry: 'acr-credentials',
  batchPusherToken: 'batch-pusher-token',
  airflow: 'airflow-secrets',
} as const;

/**
 * Services in Kubernetes. The Helm chart kube-prometheus-stack chooses the first three names. The platform sets the
 * name of the Pushgateway.
 */
export const services = {
  prometheus: { name: `${releases.kubePrometheusStack}-prometheus`, namespace: namespaces.monitoring },
  alertmanager: { name: `${releases.kubePrometheusStack}-alertmanager`, namespace: namespaces.monitoring },
  grafana: { name: `${releases.kubePrometheusStack}-grafana`, namespace: namespaces.monitoring },
  pushgateway: { name: releases.pushgateway, namespace: namespaces.monitoring },
} as const;

export function privateHosts(zone: string) {
  return { pushgateway: `pushgateway.${zone}` } as const;
}

export const edgeNames = {
  agent: 'prometheus-agent',
  natsMetricsService: 'nats-metrics',
  /** Label that distinguishes the two agents of an edge. The operator sets the value: the name of the agent's pod. */
  replicaLabel: 'prometheus_replica',
} as const;

/** Name of the CronJob of the batch. The CronJob exists only if neither Airflow nor Azure runs the batch. */
export const batchSchedule = 'batch-pusher-schedule';

export const airflowRelease = 'airflow';

/** Release of the Prometheus operator in a cluster that has edges but no central Prometheus. */
export const operatorRelease = 'prometheus-operator';

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

/** Secret with the client certificate of the agent, in the namespace of the edge. */
export const remoteWriteSecret = 'remote-write-tls';

/**
 * The remote-write listener accepts only client certificates of known writers, such as edges. The listener runs in the
 * pods of the receivers.
 */
export const remoteWriteListener = {
  /** TCP port of the pod, of the Service and of the internal load balancer. */
  port: ports.remoteWriteListener,
  portName: 'remote-write',
  /**
   * TCP port for `/healthz`. No network policy allows this port, because policies do not restrict the kubelet of the
   * node.
   */
  healthPort: 9097,
  /** The listener accepts requests only for this path. The engines `prometheus` and `thanos` have the same path. */
  path: '/api/v1/write',
} as const;

/**
 * DNS name in the client certificate of an edge. The listener identifies the edge by this name. A server never has a
 * name with this ending. Therefore the certificate of a server cannot identify an edge.
 */
export function edgeIdentity(edge: string): string {
  return `${edge}.edge.prometheus-platform.internal`;
}

/**
 * Name of a Secret in the central cluster. The Secret contains the client certificate of an edge. A person copies the
 * certificate to the cluster of the edge. An edge in the central cluster, or with `clientIssuer`, does not need the
 * Secret.
 */
export function edgeClientSecret(edge: string): string {
  return `edge-${edge}-client-tls`;
}

/**
 * Name of a CA certificate and of its Secret in the central cluster. This CA can sign only the name of one edge
 * (docs/add-an-edge.md).
 */
export function edgeIssuer(edge: string): string {
  return `edge-${edge}-issuer`;
}
