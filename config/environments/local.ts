import type { EnvironmentValues } from '../../platforms/environment.ts';
import { clusters, namespaces } from '../topology.ts';

export const local: EnvironmentValues = {
  name: 'local',
  production: false,
  platform: { kind: 'existing', kubeconfig: { context: 'kind-monitoring' } },
  state: { kind: 'local' },
  charts: {},
  images: { registry: 'localhost/monitoring', tag: '1.0.0' },
  certificates: { install: true },
  central: {
    engine: 'prometheus',
    labels: clusters.primary,
    retention: { time: '10d', size: '9GB' },
    volume: '10Gi',
    outOfOrderWindow: '2h',
    resources: { requests: { cpu: '200m', memory: '512Mi' }, limits: { memory: '2Gi' } },
  },
  alerting: { receivers: [], volume: '1Gi' },
  grafana: { volume: '1Gi' },
  pushgateway: { volume: '1Gi' },
  nats: { replicas: 1, volume: '1Gi' },
  usdtExporter: { host: 'cluster' },
  functions: { host: 'cluster', every: '10m' },
  drill: { namespaces: [namespaces.nats, namespaces.monitoring] },
  edges: [
    {
      name: namespaces.edge,
      namespace: namespaces.edge,
      labels: clusters.edge,
      nats: { replicas: 1, volume: '1Gi' },
      buffer: '1Gi',
    },
  ],
};
