import { clusters } from '../../config/topology.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';

/** An existing GKE cluster with Dataplane V2. The edge is a second GKE cluster in the same VPC network. */
export const gke: EnvironmentValues = {
  name: 'gke',
  production: false,
  platform: {
    kind: 'existing',
    // The command `gcloud container clusters get-credentials` writes this context.
    kubeconfig: { context: 'gke_example-project_europe-west4_monitoring' },
  },
  state: { kind: 'local' },
  storageClass: 'standard-rwo',
  charts: {},
  // The service account of the nodes needs the role Artifact Registry Reader.
  images: { registry: 'europe-west4-docker.pkg.dev/example-project/monitoring', tag: '1.0.0' },
  certificates: { install: true },
  central: {
    engine: 'prometheus',
    labels: clusters.primary,
    retention: { time: '10d', size: '45GB' },
    volume: '50Gi',
    outOfOrderWindow: '2h',
    resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '4Gi' } },
    receiver: {
      // Create a DNS record for this name and the IP address below. The edges must resolve the name.
      host: 'prometheus.monitoring.example.com',
      // Load balancer for remote write. Reserve an internal address in the subnet of this cluster.
      ip: '10.10.0.50',
      sourceRanges: ['10.20.0.0/20', '10.24.0.0/14'],
      annotations: { 'networking.gke.io/load-balancer-type': 'Internal' },
    },
  },
  alerting: {
    receivers: [{ name: 'team', kind: 'slack', channel: '#monitoring', severities: ['critical', 'warning'] }],
    volume: '1Gi',
  },
  grafana: { volume: '5Gi' },
  pushgateway: { volume: '2Gi' },
  nats: { replicas: 3, volume: '10Gi' },
  usdtExporter: { host: 'cluster' },
  functions: { host: 'cluster', every: '10m' },
  edges: [
    {
      name: 'branch',
      namespace: 'branch',
      labels: { cluster: 'branch', environment: 'production' },
      cluster: { kind: 'kubeconfig', context: 'gke_example-project_europe-west4_branch' },
      nats: { replicas: 1, volume: '5Gi' },
      buffer: '5Gi',
    },
  ],
};
