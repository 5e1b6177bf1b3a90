import { azureChange } from '../azure-plan.ts';
import { type Draft, draftChange, planWith } from '../draft-plan.ts';
import { releaseAttributes, releaseChange, resourceChange } from '../local-change.ts';
import { recorded } from '../recorded.ts';
import type { RuleCases } from './case.ts';

const stack = 'kube-prometheus-stack';
const spec = (values: Draft) => values.prometheus.prometheusSpec;
const deployment = ['kubernetes_deployment_v1', 'nats/usdt-exporter'] as const;
const policy = ['kubernetes_network_policy_v1', 'nats/allow-nats'] as const;
const container = (object: Draft) => object.spec[0].template[0].spec[0].container[0];
const certificate = (values: Draft, name: string) =>
  values.extraManifests.find(({ kind, metadata }: Draft) => kind === 'Certificate' && metadata.name === name);
const platform = 'prod-platform';
const pool = 'azurerm_kubernetes_cluster_node_pool';

const secret = (revision: number) => ({
  metadata: [{ name: 'grafana-admin', namespace: 'airflow-3' }],
  data_wo_revision: revision,
});

export const operationsCases: RuleCases = {
  stopped: {
    applies: () =>
      resourceChange(...deployment, 'update', (object) => {
        object.spec[0].replicas = '0';
      }),
    other: () =>
      resourceChange(...deployment, 'update', (object) => {
        object.spec[0].replicas = '2';
      }),
  },
  'fewer-replicas': {
    applies: () =>
      releaseChange(
        stack,
        (values) => {
          spec(values).replicas = 1;
        },
        (values) => {
          spec(values).replicas = 2;
        },
      ),
    other: () =>
      releaseChange(stack, (values) => {
        spec(values).replicas = 2;
      }),
  },
  'workload-replaced': {
    applies: () => resourceChange(...deployment, 'replace'),
    other: () => resourceChange(...deployment, 'delete'),
  },
  'disruption-budget-removed': {
    applies: () => resourceChange('kubernetes_pod_disruption_budget_v1', 'nats/usdt-exporter', 'delete'),
    other: () => resourceChange('kubernetes_pod_disruption_budget_v1', 'nats/usdt-exporter', 'create'),
  },
  'memory-limit-cut': {
    applies: () =>
      releaseChange(stack, (values) => {
        spec(values).resources.limits.memory = '512Mi';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        spec(values).resources.limits.memory = '4Gi';
      }),
  },
  'memory-limit-raised': {
    applies: () =>
      releaseChange(stack, (values) => {
        spec(values).resources.limits.memory = '4Gi';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        spec(values).resources.limits.memory = '512Mi';
      }),
  },
  'cluster-upgraded': {
    applies: () =>
      azureChange(platform, 'azurerm_kubernetes_cluster', 'update', (cluster) => {
        cluster.kubernetes_version = '9.9';
      }),
    other: () => azureChange(platform, 'azurerm_kubernetes_cluster', 'create'),
  },
  'node-pool-replaced': {
    applies: () => azureChange(platform, pool, 'replace'),
    other: () =>
      azureChange(platform, pool, 'update', (nodes) => {
        nodes.max_count = 99;
      }),
  },
  'node-pool-smaller': {
    applies: () =>
      azureChange(platform, pool, 'update', (nodes) => {
        nodes.max_count = 1;
      }),
    other: () =>
      azureChange(platform, pool, 'update', (nodes) => {
        nodes.max_count = 99;
      }),
  },
  'network-changed': {
    applies: () =>
      azureChange(platform, 'azurerm_subnet', 'update', (subnet) => {
        subnet.address_prefixes = ['10.99.0.0/24'];
      }),
    other: () =>
      azureChange(platform, 'azurerm_virtual_network', 'update', (network) =>
        network.address_space.push('10.99.0.0/16'),
      ),
  },
  'ca-changed': {
    applies: () =>
      releaseChange(stack, (values) => {
        certificate(values, 'platform-ca').spec.commonName = 'other-ca';
      }),
    other: () =>
      releaseChange(stack, (values) =>
        certificate(values, 'prometheus-tls').spec.dnsNames.push('p.example.com'),
      ),
  },
  'certificate-names-changed': {
    applies: () =>
      releaseChange(stack, (values) =>
        certificate(values, 'prometheus-tls').spec.dnsNames.push('p.example.com'),
      ),
    other: () =>
      releaseChange(stack, (values) => {
        spec(values).replicas = 2;
      }),
  },
  'certificate-removed': {
    applies: () =>
      releaseChange(stack, (values) => {
        values.extraManifests = values.extraManifests.filter(
          ({ metadata }: Draft) => metadata.name !== 'grafana-tls',
        );
      }),
    other: () => releaseChange(stack, (values) => certificate(values, 'prometheus-tls').spec.dnsNames.pop()),
  },
  'password-rotated': {
    applies: () =>
      planWith('local-monitoring', [
        draftChange('kubernetes_secret_v1', 's', 'update', secret(1), secret(2)),
      ]),
    other: () =>
      planWith('local-monitoring', [draftChange('kubernetes_secret_v1', 's', 'create', null, secret(1))]),
  },
  'values-not-known': {
    applies: () => {
      const release = {
        name: stack,
        namespace: 'airflow-3',
        chart: stack,
        version: '1.0.0',
        values: ['{"a":1}'],
      };
      const after = { ...release, values: [null] };
      return planWith('prod-monitoring', [
        draftChange('helm_release', 'r', 'update', release, after, { values: [true] }),
      ]);
    },
    other: () =>
      releaseChange(stack, (values) => {
        spec(values).replicas = 2;
      }),
  },
  'chart-major': {
    applies: () =>
      releaseAttributes(stack, (release) => {
        release.version = '89.0.0';
      }),
    other: () =>
      releaseAttributes(stack, (release) => {
        release.version = '88.6.0';
      }),
  },
  'chart-minor': {
    applies: () =>
      releaseAttributes(stack, (release) => {
        release.version = '88.6.0';
      }),
    other: () =>
      releaseAttributes(stack, (release) => {
        release.version = '88.5.4';
      }),
  },
  'chart-other-version': {
    applies: () =>
      releaseAttributes(stack, (release) => {
        release.version = 'nightly';
      }),
    other: () =>
      releaseAttributes(stack, (release) => {
        release.version = '88.5.4';
      }),
  },
  'image-major': {
    applies: () =>
      resourceChange(...deployment, 'update', (object) => {
        container(object).image = 'localhost/monitoring/usdt-exporter:2.0.0';
      }),
    other: () => recorded('functions-image-tag'),
  },
  'image-minor': {
    applies: () => recorded('functions-image-tag'),
    other: () =>
      resourceChange(...deployment, 'update', (object) => {
        container(object).image = 'localhost/monitoring/usdt-exporter:1.0.1';
      }),
  },
  'image-older': {
    applies: () =>
      releaseChange(stack, (values) => {
        spec(values).image.tag = 'v3.1.0-distroless';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        spec(values).image.tag = 'v3.17.0-distroless';
      }),
  },
  'image-other-version': {
    applies: () =>
      resourceChange(...deployment, 'update', (object) => {
        container(object).image = 'localhost/monitoring/usdt-exporter:main';
      }),
    other: () => recorded('functions-image-tag'),
  },
  'patch-version': {
    applies: () =>
      releaseAttributes(stack, (release) => {
        release.version = '88.5.4';
      }),
    other: () =>
      releaseAttributes(stack, (release) => {
        release.version = '88.6.0';
      }),
  },
  'labels-changed': {
    applies: () =>
      azureChange(platform, 'azurerm_key_vault', 'update', (vault) => {
        vault.tags.team = 'x';
      }),
    other: () =>
      azureChange(platform, 'azurerm_key_vault', 'update', (vault) => {
        vault.enabled_for_deployment = true;
      }),
  },
  'retention-longer': {
    applies: () =>
      releaseChange(stack, (values) => {
        spec(values).retention = '2w';
      }),
    other: () => recorded('retention-cut-10d-to-3d'),
  },
  'network-policy-closed': {
    applies: () => resourceChange(...policy, 'update', (object) => object.spec[0].ingress.pop()),
    other: () =>
      resourceChange(...policy, 'update', (object) =>
        object.spec[0].ingress.push({ from: [{ ip_block: [{ cidr: '10.1.0.0/16' }] }], ports: [] }),
      ),
  },
  'replicas-added': {
    applies: () =>
      resourceChange(...deployment, 'update', (object) => {
        object.spec[0].replicas = '2';
      }),
    other: () =>
      resourceChange(...deployment, 'update', (object) => {
        object.spec[0].replicas = '0';
      }),
  },
  created: {
    applies: () => recorded('create-local-workloads'),
    other: () => recorded('functions-image-tag'),
  },
  destroyed: {
    applies: () => resourceChange('kubernetes_service_v1', 'nats/usdt-exporter', 'delete'),
    other: () => resourceChange('kubernetes_service_v1', 'nats/usdt-exporter', 'create'),
  },
  replaced: {
    applies: () =>
      resourceChange(
        'kubernetes_config_map_v1',
        'airflow-3/dashboard-nats-dashboard',
        'replace',
        (object) => {
          object.metadata[0].labels = {};
        },
        (object) => {
          object.metadata[0].labels = {};
        },
      ),
    other: () => resourceChange('kubernetes_config_map_v1', 'airflow-3/dashboard-nats-dashboard', 'create'),
  },
  forgotten: {
    applies: () => resourceChange('kubernetes_service_v1', 'nats/usdt-exporter', 'forget'),
    other: () => resourceChange('kubernetes_service_v1', 'nats/usdt-exporter', 'delete'),
  },
};
