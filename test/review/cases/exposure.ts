import { azureChange } from '../azure-plan.ts';
import { type Draft, type DraftAction, draftChange, planWith } from '../draft-plan.ts';
import { releaseChange, resourceChange } from '../local-change.ts';
import { recorded } from '../recorded.ts';
import type { RuleCases } from './case.ts';

const stack = 'kube-prometheus-stack';
const policy = 'kubernetes_network_policy_v1';
const platform = 'prod-platform';

const ingress = (object: Draft) => object.spec[0].ingress;
const tagged = (object: Draft) => {
  object.tags.team = 'x';
};
const ini = (values: Draft) => values.grafana['grafana.ini'];
const container = (object: Draft) => object.spec[0].template[0].spec[0].container[0];
const context = (object: Draft) => container(object).security_context[0];
const deployment = ['kubernetes_deployment_v1', 'nats/usdt-exporter', 'update'] as const;
const requests = (object: Draft) => {
  container(object).resources[0].requests.cpu = '20m';
};
const balancer = ['prod-monitoring', 'kubernetes_service_v1', 'update'] as const;

const address = (action: DraftAction) =>
  planWith('s', [draftChange('azurerm_public_ip', 'a', action, { name: 'a' }, { name: 'a' })]);
const networkInterface = (before: Draft, after: Draft) => {
  const [one, other] = [before, after].map((id) => ({
    name: 'n',
    ip_configuration: [{ name: 'c', public_ip_address_id: id }],
  }));
  return planWith('s', [draftChange('azurerm_network_interface', 'n', 'update', one, other)]);
};

export const exposureCases: RuleCases = {
  'network-policy-removed': {
    applies: () => resourceChange(policy, 'nats/deny-ingress', 'delete'),
    other: () => recorded('create-local-workloads'),
  },
  'network-policy-opened': {
    applies: () =>
      resourceChange(policy, 'nats/allow-nats', 'update', (object) => {
        ingress(object)[0].from = [];
      }),
    other: () => resourceChange(policy, 'nats/allow-nats', 'update', (object) => ingress(object).pop()),
  },
  'network-policy-for-anyone': {
    applies: () => resourceChange(policy, 'cert-manager/allow-webhook', 'create'),
    other: () => resourceChange(policy, 'nats/allow-nats', 'create'),
  },
  'egress-opened': {
    applies: () =>
      resourceChange(policy, 'nats/restrict-usdt-exporter', 'update', (object) =>
        object.spec[0].egress.push({ to: [{ ip_block: [{ cidr: '10.0.0.0/8' }] }], ports: [] }),
      ),
    other: () =>
      resourceChange(policy, 'nats/restrict-usdt-exporter', 'update', (object) =>
        object.spec[0].egress.pop(),
      ),
  },
  'public-service': {
    applies: () =>
      azureChange(...balancer, (service) => {
        service.metadata[0].annotations = {};
      }),
    other: () => azureChange('prod-monitoring', 'kubernetes_service_v1', 'create'),
  },
  'public-chart-service': {
    applies: () =>
      releaseChange(stack, (values) => {
        values.grafana.service.type = 'LoadBalancer';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        values.grafana.service.type = 'ClusterIP';
      }),
  },
  'public-address-created': {
    applies: () => address('create'),
    other: () => address('delete'),
  },
  'public-address-attached': {
    applies: () => networkInterface(null, '/subscriptions/x/publicIPAddresses/a'),
    other: () => networkInterface('/subscriptions/x/publicIPAddresses/a', null),
  },
  'nodes-public': {
    applies: () =>
      azureChange(platform, 'azurerm_kubernetes_cluster_node_pool', 'update', (pool) => {
        pool.node_public_ip_enabled = true;
      }),
    other: () =>
      azureChange(platform, 'azurerm_kubernetes_cluster_node_pool', 'update', (pool) => {
        pool.max_pods = 60;
      }),
  },
  'ingress-added': {
    applies: () =>
      releaseChange(stack, (values) => {
        values.grafana.ingress = { enabled: true, hosts: ['g.example.com'] };
      }),
    other: () =>
      releaseChange(stack, (values) => {
        values.grafana.ingress = { enabled: false };
      }),
  },
  'operator-range-widened': {
    applies: () =>
      azureChange(platform, 'azurerm_key_vault', 'update', (vault) =>
        vault.network_acls[0].ip_rules.push('198.51.100.0/24'),
      ),
    other: () =>
      azureChange(platform, 'azurerm_key_vault', 'update', (vault) => {
        vault.network_acls[0].ip_rules = ['203.0.113.0/28'];
      }),
  },
  'open-to-the-internet': {
    applies: () =>
      azureChange(...balancer, (service) => {
        service.spec[0].load_balancer_source_ranges = ['0.0.0.0/0'];
      }),
    other: () =>
      azureChange(...balancer, (service) => service.spec[0].load_balancer_source_ranges.push('10.9.0.0/16')),
  },
  'firewall-off': {
    applies: () =>
      azureChange(platform, 'azurerm_storage_account', 'update', (account) => {
        account.network_rules[0].default_action = 'Allow';
      }),
    other: () => azureChange(platform, 'azurerm_storage_account', 'create'),
  },
  'public-network-access': {
    applies: () =>
      azureChange(
        platform,
        'azurerm_key_vault',
        'update',
        (vault) => {
          vault.public_network_access_enabled = true;
        },
        (vault) => {
          vault.public_network_access_enabled = false;
        },
      ),
    other: () =>
      azureChange(
        platform,
        'azurerm_key_vault',
        'update',
        (vault) => {
          vault.public_network_access_enabled = false;
        },
        (vault) => {
          vault.public_network_access_enabled = true;
        },
      ),
  },
  'api-server-public': {
    applies: () =>
      azureChange(platform, 'azurerm_kubernetes_cluster', 'update', (cluster) => {
        cluster.api_server_access_profile = [];
      }),
    other: () => azureChange(platform, 'azurerm_kubernetes_cluster', 'update', tagged),
  },
  'private-endpoint-removed': {
    applies: () => azureChange(platform, 'azurerm_private_endpoint', 'delete'),
    other: () => azureChange(platform, 'azurerm_private_endpoint', 'create'),
  },
  'tls-off': {
    applies: () =>
      releaseChange(stack, (values) => {
        values.prometheus.serviceMonitor.scheme = 'http';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        values.prometheus.serviceMonitor.interval = '15s';
      }),
  },
  'tls-configuration-removed': {
    applies: () => releaseChange(stack, (values) => delete values.prometheus.prometheusSpec.web.tlsConfig),
    other: () =>
      releaseChange(stack, (values) => {
        values.prometheus.prometheusSpec.web.pageTitle = 'x';
      }),
  },
  'nats-tls-off': {
    applies: () =>
      releaseChange('nats/nats', (values) => {
        values.config.nats.tls.enabled = false;
      }),
    other: () =>
      releaseChange('nats/nats', (values) => {
        values.config.nats.port = 4333;
      }),
  },
  'tls-not-verified': {
    applies: () =>
      releaseChange(stack, (values) => {
        values.prometheus.serviceMonitor.tlsConfig = { insecureSkipVerify: true };
      }),
    other: () =>
      releaseChange(stack, (values) => {
        values.prometheus.serviceMonitor.tlsConfig.insecureSkipVerify = false;
      }),
  },
  'client-certificate-not-required': {
    applies: () =>
      releaseChange(stack, (values) => {
        values.prometheus.prometheusSpec.web.tlsConfig.clientAuthType = 'NoClientCert';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        values.prometheus.prometheusSpec.web.tlsConfig.clientAuthType = 'RequireAndVerifyClientCert';
      }),
  },
  'minimum-tls-lowered': {
    applies: () =>
      azureChange(platform, 'azurerm_storage_account', 'update', (account) => {
        account.min_tls_version = 'TLS1_0';
      }),
    other: () =>
      azureChange(platform, 'azurerm_storage_account', 'update', (account) => {
        account.min_tls_version = 'TLS1_3';
      }),
  },
  'plain-http-allowed': {
    applies: () =>
      azureChange(platform, 'azurerm_storage_account', 'update', (account) => {
        account.https_traffic_only_enabled = false;
      }),
    other: () => azureChange(platform, 'azurerm_storage_account', 'update', tagged),
  },
  'grafana-anonymous': {
    applies: () =>
      releaseChange(stack, (values) => {
        ini(values)['auth.anonymous'].enabled = true;
      }),
    other: () =>
      releaseChange(stack, (values) => {
        ini(values)['auth.anonymous'].org_role = 'Viewer';
      }),
  },
  'grafana-sign-up': {
    applies: () =>
      releaseChange(stack, (values) => {
        ini(values).users.allow_sign_up = true;
      }),
    other: () =>
      releaseChange(stack, (values) => {
        ini(values).users.default_theme = 'light';
      }),
  },
  'storage-keys-on': {
    applies: () =>
      azureChange(platform, 'azurerm_storage_account', 'update', (account) => {
        account.shared_access_key_enabled = true;
      }),
    other: () => azureChange(platform, 'azurerm_storage_account', 'create'),
  },
  'blobs-public': {
    applies: () =>
      azureChange(platform, 'azurerm_storage_container', 'update', (blobs) => {
        blobs.container_access_type = 'blob';
      }),
    other: () => azureChange(platform, 'azurerm_storage_container', 'create'),
  },
  'registry-login-weakened': {
    applies: () =>
      azureChange(platform, 'azurerm_container_registry', 'update', (registry) => {
        registry.admin_enabled = true;
      }),
    other: () => azureChange(platform, 'azurerm_container_registry', 'update', tagged),
  },
  'cluster-login-weakened': {
    applies: () =>
      azureChange(platform, 'azurerm_kubernetes_cluster', 'update', (cluster) => {
        cluster.local_account_disabled = false;
      }),
    other: () => azureChange(platform, 'azurerm_kubernetes_cluster', 'create'),
  },
  'secret-store-rights-by-policy': {
    applies: () =>
      azureChange(platform, 'azurerm_key_vault', 'update', (vault) => {
        vault.rbac_authorization_enabled = false;
      }),
    other: () => azureChange(platform, 'azurerm_key_vault', 'create'),
  },
  'container-privileged': {
    applies: () =>
      resourceChange(...deployment, (object) => {
        context(object).privileged = true;
      }),
    other: () => resourceChange(...deployment, requests),
  },
  'container-isolation-lowered': {
    applies: () =>
      resourceChange(...deployment, (object) => {
        context(object).read_only_root_filesystem = false;
      }),
    other: () => resourceChange(...deployment, requests),
  },
  'pod-security-lowered': {
    applies: () =>
      resourceChange('kubernetes_namespace_v1', '/nats', 'update', (object) => {
        object.metadata[0].labels['pod-security.kubernetes.io/enforce'] = 'privileged';
      }),
    other: () =>
      resourceChange('kubernetes_namespace_v1', '/nats', 'update', (object) => {
        object.metadata[0].labels.team = 'x';
      }),
  },
  'token-required-no-more': {
    applies: () =>
      resourceChange('kubernetes_deployment_v1', 'airflow-3/batch-pusher', 'update', (object) => {
        container(object).env = container(object).env.filter(({ name }: Draft) => name !== 'API_TOKEN');
      }),
    other: () =>
      resourceChange('kubernetes_deployment_v1', 'airflow-3/batch-pusher', 'update', (object) =>
        container(object).env.push({ name: 'LOG_LEVEL', value: 'debug', value_from: [] }),
      ),
  },
};
