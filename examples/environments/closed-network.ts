import { clusters, namespaces } from '../../config/topology.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';

/** A cluster without internet access. Company mirrors provide the charts, the images and the USDT rates. */
export const closedNetwork: EnvironmentValues = {
  name: 'closed',
  production: false,
  platform: { kind: 'existing', kubeconfig: { context: 'closed' } },
  state: { kind: 'local' },
  charts: { mirror: 'oci://registry.example.com/charts' },
  images: {
    registry: 'registry.example.com/monitoring',
    mirror: 'registry.example.com/public',
    tag: '1.0.0',
    // The login is in the Terraform variables registry_username and registry_password.
    pullSecret: true,
  },
  // The cluster already has cert-manager with an issuer of the company.
  certificates: { install: false, issuer: { name: 'company-ca', kind: 'ClusterIssuer' } },
  central: {
    engine: 'prometheus',
    labels: clusters.primary,
    retention: { time: '10d', size: '18GB' },
    volume: '20Gi',
    outOfOrderWindow: '2h',
    monitorNamespaces: ['shop'],
    resources: { requests: { cpu: '200m', memory: '1Gi' }, limits: { memory: '2Gi' } },
  },
  alerting: {
    receivers: [
      {
        name: 'mail',
        kind: 'email',
        severities: ['critical', 'warning'],
        to: 'on-call@example.com',
        from: 'monitoring@example.com',
        smarthost: 'smtp.example.com:587',
        username: 'monitoring',
      },
    ],
    volume: '1Gi',
  },
  grafana: { volume: '2Gi' },
  pushgateway: { volume: '1Gi' },
  nats: { replicas: 1, volume: '2Gi' },
  usdtExporter: { host: 'cluster', upstreamUrl: 'https://rates.example.com' },
  functions: { host: 'cluster', every: '1h', callers: ['payroll'] },
  edges: [
    {
      name: namespaces.edge,
      namespace: namespaces.edge,
      labels: clusters.edge,
      nats: { replicas: 1, volume: '2Gi' },
      buffer: '2Gi',
    },
  ],
};
