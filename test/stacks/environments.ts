import * as environments from '../../config/environments/index.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';

export const committed = Object.values(environments);

const { dev, local, prod } = environments;

const [edge] = dev.edges;
if (!edge) throw new Error('dev has lost its edge');

const { volume: _volume, retention: _retention, ...withoutVolume } = dev.central;

export const onThanos: EnvironmentValues = {
  ...local,
  name: 'thanos',
  platform: { kind: 'existing', kubeconfig: { context: 'kind-thanos' } },
  central: { ...local.central, engine: 'thanos' },
};

export const adjusted: EnvironmentValues = {
  ...local,
  name: 'adjusted',
  platform: { kind: 'existing', kubeconfig: { context: 'kind-adjusted' } },
  alerting: {
    ...local.alerting,
    overrides: {
      NatsConnectionsNearLimit: { threshold: 0.9, for: '10m' },
      UsdtRateStale: { threshold: '15m', labels: { team: 'rates' } },
      NatsServerDown: { severity: 'warning' },
      BatchRunSlow: { threshold: { slow: 3 }, annotations: { wiki: 'https://wiki.example.com/batch' } },
      UsdtMarketThin: { disabled: 'this market always has few offers' },
    },
    chartRules: {
      groups: { kubernetesApps: 'another team owns the applications' },
      alerts: { PrometheusBadConfig: 'the platform alert has a runbook' },
    },
  },
};

export const moving = {
  readsPrometheus: {
    ...local,
    name: 'moving',
    platform: { kind: 'existing', kubeconfig: { context: 'kind-moving' } },
    central: { ...local.central, engine: 'prometheus', alsoWriteTo: 'thanos' },
  },
  readsThanos: {
    ...local,
    name: 'moved',
    platform: { kind: 'existing', kubeconfig: { context: 'kind-moved' } },
    central: { ...local.central, engine: 'thanos', alsoWriteTo: 'prometheus' },
  },
} satisfies Record<string, EnvironmentValues>;

export const variants: readonly EnvironmentValues[] = [
  onThanos,
  adjusted,
  {
    ...prod,
    name: 'scaled',
    platform: { ...prod.platform, objectStorage: { storageAccount: 'monitoringscaledblocks' } } as never,
    central: {
      ...prod.central,
      engine: 'thanos',
      expectedSeries: 2_000_000,
      thanos: { retention: '2y', tenants: { factory: 'manufacturing' } },
      receiver: {
        host: 'prometheus.prod.monitoring.internal',
        ip: '10.80.17.11',
        sourceRanges: ['10.96.0.0/14'],
      },
    },
    charts: { mirror: 'oci://mirror.example.com/charts' },
    images: { tag: '1.0.0', mirror: 'mirror.example.com/public' },
    usdtExporter: { host: 'azure', app: 'monitoring-scaled-usdt', storageAccount: 'monitoringscaledusdt' },
    grafana: {
      ...prod.grafana,
      ingress: { host: 'grafana.example.com', className: 'nginx', tlsSecret: 'grafana-ingress-tls' },
    },
    edges: [
      edge,
      {
        ...edge,
        name: 'branch',
        namespace: 'branch',
        labels: { cluster: 'branch', environment: 'production' },
        cluster: {
          kind: 'aks',
          subscriptionId: '00000000-0000-0000-0000-0000000000b0',
          resourceGroup: 'branch',
          name: 'branch',
        },
        storageClass: 'managed-csi',
      },
      {
        ...edge,
        name: 'factory',
        labels: { cluster: 'factory', environment: 'production' },
        cluster: { kind: 'kubeconfig', context: 'factory' },
      },
    ],
  },
  {
    ...dev,
    name: 'managed',
    central: {
      ...withoutVolume,
      engine: 'azure-monitor',
      azureMonitor: {
        workspace: 'monitoring-managed',
        silentAfter: 'PT10M',
        silentEmail: 'on-call@example.com',
      },
    },
  },
  {
    ...local,
    name: 'closed',
    platform: { kind: 'existing', kubeconfig: { context: 'gke', path: '~/.kube/gke' } },
    charts: {
      mirror: './charts',
      extraValues: {
        'kube-prometheus-stack': {
          prometheus: {
            prometheusSpec: { query: { maxConcurrency: 10 }, externalLabels: { team: 'payments' } },
          },
          grafana: { 'grafana.ini': { smtp: { from_name: `\${name}` } } },
        },
        nats: { config: { merge: { max_payload: 4_194_304 } } },
      },
    },
    images: {
      registry: 'registry.example.com/ours',
      tag: '1.0.0',
      pullSecret: true,
      mirror: 'registry.example.com/public',
    },
    certificates: { install: false, issuer: { name: 'corporate', kind: 'ClusterIssuer' } },
    central: { ...local.central, monitorNamespaces: ['shop'] },
    alerting: {
      runbooks: 'https://wiki.example.com/runbooks',
      receivers: [
        { name: 'hook', kind: 'webhook', severities: ['info'] },
        { name: 'chat', kind: 'teams', severities: ['warning'] },
        {
          name: 'mail',
          kind: 'email',
          severities: ['critical'],
          to: 'on-call@example.com',
          from: 'alerts@example.com',
          smarthost: 'smtp.example.com:587',
          username: 'alerts',
        },
      ],
    },
    functions: { host: 'cluster', every: '6h', callers: ['payroll'] },
    airflow: { databaseHost: 'postgres.example.com', databaseName: 'airflow', databaseUser: 'airflow' },
    usdtExporter: { host: 'cluster', upstreamUrl: 'http://rates.example.com:8080' },
  },
];
