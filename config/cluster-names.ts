/** Names in a Kubernetes cluster. Names for both the cluster and the laptop are usually in topology.ts. */

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
  ports: { grpc: 10901, http: 10902 },
  /** Ports without TLS, open only inside the pod. Thanos always opens the unused port `capnproto`. */
  loopback: { write: 19291, capnproto: 19391 },
  /** The remote-write listener forwards each write to this path of the receiver. */
  writePath: '/api/v1/receive',
  /** Name of a remote-write queue to Thanos. Metrics of the queue contain the name in the label `remote_name`. */
  remoteName: 'thanos',
  /** A write without this header belongs to `defaultTenant`. */
  tenantHeader: 'THANOS-TENANT',
  defaultTenant: 'default-tenant',
  /** DNS name in all Thanos gRPC certificates. A Thanos client has one server name for all connections. */
  memberName: 'member.thanos.prometheus-platform.internal',
  /** Copies of a series differ in these labels. The Prometheus Operator adds `thanos_ruler_replica`. */
  replicaLabels: ['replica', 'tenant_id', 'thanos_ruler_replica'],
} as const;

/** DNS name in the certificate with which `program` connects to Thanos. */
export function thanosClientIdentity(program: 'prometheus' | 'ruler' | 'grafana'): string {
  return `${program}.client.thanos.prometheus-platform.internal`;
}

/** Names for the platform's own CA. With `certificates.issuer`, the CA does not exist. */
export const platformCa = {
  /** Name of the issuer that signs only one certificate: the certificate of the platform's CA. */
  rootIssuer: 'platform-root',
  /** Default issuer of the platform's certificates. */
  issuer: 'platform-ca',
  /** Secret with the CA's key. A ClusterIssuer reads only Secrets in the namespace of cert-manager. */
  secret: 'platform-ca',
  /** ConfigMap in the monitoring namespace. The key `ca.crt` contains the CA certificate. */
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

/** The chart kube-prometheus-stack defines the Service names of Prometheus, Alertmanager and Grafana. */
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
  /** Label that distinguishes the two agents of an edge. The operator sets the pod name as the label value. */
  replicaLabel: 'prometheus_replica',
} as const;

/** CronJob of the batch. The CronJob exists only if neither Airflow nor Azure runs the batch. */
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

/** The listener runs in the pods of receivers and accepts only client certificates of known writers. */
export const remoteWriteListener = {
  /** TCP port of the pod, of the Service and of the internal load balancer. */
  port: ports.remoteWriteListener,
  portName: 'remote-write',
  /** TCP port for `/healthz`, which the kubelet calls. Network policies do not restrict the kubelet. */
  healthPort: 9097,
  /** The listener accepts requests only for this path. Every engine has the same path. */
  path: '/api/v1/write',
} as const;

/** DNS name that identifies an edge at the listener. No server certificate may contain such a name. */
export function edgeIdentity(edge: string): string {
  return `${edge}.edge.prometheus-platform.internal`;
}

/** Secret in the central cluster. A person copies its client certificate to the cluster of the edge. */
export function edgeClientSecret(edge: string): string {
  return `edge-${edge}-client-tls`;
}

/** Name of the CA certificate of one edge, and of its Secret. An operator creates the CA (docs/add-an-edge.md). */
export function edgeIssuer(edge: string): string {
  return `edge-${edge}-issuer`;
}
