import { describe, expect, it } from 'vitest';
import { AksBackup } from '../../../modules/azure/aks-backup.ts';
import { AksCluster, type AksClusterProps } from '../../../modules/azure/aks-cluster.ts';
import { aksConnection } from '../../../modules/azure/aks-connection.ts';
import { AuditLog } from '../../../modules/azure/audit-log.ts';
import { ContainerRegistry } from '../../../modules/azure/container-registry.ts';
import { KeyVault } from '../../../modules/azure/key-vault.ts';
import { Network } from '../../../modules/azure/network.ts';
import { PrivateStorage } from '../../../modules/azure/private-storage.ts';
import { WorkloadIdentity } from '../../../modules/azure/workload-identity.ts';
import { ids, placement, roles, synthesize } from './synthesis.ts';

const operatorRanges = ['203.0.113.0/24'];

const cluster: AksClusterProps = {
  placement,
  name: 'cluster',
  tenantId: ids.tenantId,
  administratorGroupIds: [ids.group],
  operatorRanges,
  kubernetesVersion: '1.34',
  tier: 'Standard',
  zones: ['1', '2', '3'],
  upgradeChannel: 'patch',
  nodeImageChannel: 'NodeImage',
  maintenance: { day: 'Sunday', start: '02:00', hours: 4 },
  systemPool: { name: 'system', vmSize: 'Standard_D4ds_v5', min: 3, max: 5 },
  userPools: [{ name: 'monitoringuse', vmSize: 'Standard_E4ds_v5', min: 1, max: 6, labels: { for: 'pods' } }],
  networkId: 'network-id',
  nodeSubnetId: 'nodes-id',
  podRange: '10.244.0.0/16',
  serviceRange: '10.96.0.0/16',
  dnsServiceIp: '10.96.0.10',
};

describe('the AKS cluster', () => {
  const blocks = synthesize((stack) => new AksCluster(stack, 'cluster', cluster));
  const [aks] = blocks('azurerm_kubernetes_cluster');
  const [userPool] = blocks('azurerm_kubernetes_cluster_node_pool');

  it('accepts only logins with Entra ID', () => {
    expect(aks).toMatchObject({
      local_account_disabled: true,
      role_based_access_control_enabled: true,
      azure_active_directory_role_based_access_control: {
        tenant_id: ids.tenantId,
        azure_rbac_enabled: true,
        admin_group_object_ids: [ids.group],
      },
    });
  });

  it('accepts API calls only from the address ranges of the operators', () => {
    expect(aks.api_server_access_profile).toEqual({ authorized_ip_ranges: operatorRanges });
    expect(aks.run_command_enabled).toBe(false);
  });

  it('issues tokens for workload identity', () => {
    expect(aks).toMatchObject({ oidc_issuer_enabled: true, workload_identity_enabled: true });
  });

  it('uses an overlay network', () => {
    expect(aks.network_profile).toMatchObject({
      network_plugin: 'azure',
      network_plugin_mode: 'overlay',
      network_data_plane: 'cilium',
      network_policy: 'cilium',
      pod_cidr: '10.244.0.0/16',
      service_cidr: '10.96.0.0/16',
      dns_service_ip: '10.96.0.10',
    });
  });

  it('upgrades itself in the maintenance window', () => {
    const window = { frequency: 'Weekly', day_of_week: 'Sunday', start_time: '02:00', duration: 4 };
    expect(aks).toMatchObject({
      automatic_upgrade_channel: 'patch',
      node_os_upgrade_channel: 'NodeImage',
      maintenance_window_auto_upgrade: window,
      maintenance_window_node_os: window,
    });
    expect(aks.lifecycle.ignore_changes).toEqual(['default_node_pool[0].node_count', 'kubernetes_version']);
    expect(userPool.lifecycle.ignore_changes).toEqual(['node_count']);
  });

  it('runs system pods in the system pool, and other pods in the user pools', () => {
    const scaled = { auto_scaling_enabled: true, zones: ['1', '2', '3'], vnet_subnet_id: 'nodes-id' };
    expect(aks.default_node_pool).toMatchObject({
      ...scaled,
      only_critical_addons_enabled: true,
      min_count: 3,
      max_count: 5,
    });
    expect(userPool).toMatchObject({
      ...scaled,
      mode: 'User',
      min_count: 1,
      max_count: 6,
      node_labels: { for: 'pods' },
    });
  });

  it('has a valid name for the temporary pool that replaces a node pool', () => {
    for (const pool of [aks.default_node_pool, userPool]) {
      expect(pool.temporary_name_for_rotation).toMatch(/^[a-z][a-z0-9]{0,11}$/);
      expect(pool.temporary_name_for_rotation).not.toBe(pool.name);
    }
  });

  it('is created after the role assignment of its identity', () => {
    expect(roles(blocks)).toEqual([
      expect.stringMatching(/principal_id\}: Network Contributor on network-id$/),
    ]);
    expect(aks.depends_on).toEqual([
      expect.stringContaining('azurerm_role_assignment.cluster_network-rights'),
    ]);
  });

  it('has no zones in an environment without zones', () => {
    const plain = synthesize((stack) => new AksCluster(stack, 'cluster', { ...cluster, zones: [] }));
    const [{ default_node_pool: systemPool }] = plain('azurerm_kubernetes_cluster');
    const userPools = plain('azurerm_kubernetes_cluster_node_pool');
    expect(userPools).toHaveLength(1);
    for (const pool of [systemPool, ...userPools]) expect(pool).not.toHaveProperty('zones');
  });
});

it('a connection to an AKS cluster uses the Azure login of the caller', () => {
  const blocks = synthesize((stack) =>
    aksConnection(stack, 'edge', { name: 'aks', resourceGroupName: 'group', alias: 'edge' }),
  );
  const address = expect.stringMatching(
    /^\$\{data\.azurerm_kubernetes_cluster\.[\w-]+\.kube_config\[0\]\.host\}$/,
  );
  const login = { command: 'kubelogin', args: expect.arrayContaining(['get-token', 'azurecli']) };
  expect(blocks('kubernetes', 'provider').flat()).toEqual([
    expect.objectContaining({ alias: 'edge', host: address, exec: [expect.objectContaining(login)] }),
  ]);
  expect(blocks('helm', 'provider').flat()).toEqual([
    expect.objectContaining({
      alias: 'edge',
      kubernetes: expect.objectContaining({ host: address, exec: expect.objectContaining(login) }),
    }),
  ]);
});

describe('the Azure network', () => {
  const blocks = synthesize(
    (stack) =>
      new Network(stack, 'network', {
        placement,
        name: 'network',
        addressSpace: '10.64.0.0/16',
        subnets: {
          nodes: '10.64.0.0/22',
          functions: '10.64.16.0/24',
          loadBalancers: '10.64.17.0/24',
          privateEndpoints: '10.64.18.0/24',
        },
        privateZone: 'test.internal',
      }),
  );

  it('delegates only the subnet of the functions', () => {
    const delegated = blocks('azurerm_subnet').filter(({ delegation }) => delegation);
    expect(delegated).toHaveLength(1);
    expect(delegated[0]).toMatchObject({
      name: 'functions',
      address_prefixes: ['10.64.16.0/24'],
      delegation: [{ service_delegation: { name: 'Microsoft.App/environments' } }],
    });
  });

  it('has private DNS zones for its own names, blob endpoints and vault endpoints', () => {
    expect(
      blocks('azurerm_private_dns_zone')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['privatelink.blob.core.windows.net', 'privatelink.vaultcore.azure.net', 'test.internal']);
    expect(blocks('azurerm_private_dns_zone_virtual_network_link')).toHaveLength(3);
  });
});

describe('the container registry', () => {
  const registry = (sku: 'Basic' | 'Premium') =>
    synthesize(
      (stack) =>
        new ContainerRegistry(stack, 'registry', {
          placement,
          name: 'registry',
          sku,
          replicas: sku === 'Premium' ? ['northeurope'] : [],
          zoneRedundant: sku === 'Premium',
          pullers: { kubelet: 'kubelet-id' },
        }),
    );

  it('has no admin account', () => {
    const [block] = registry('Basic')('azurerm_container_registry');
    expect(block).toMatchObject({ admin_enabled: false, anonymous_pull_enabled: false });
    expect(block).not.toHaveProperty('georeplications');
  });

  it('gives the kubelet the right to pull images, and no other right', () => {
    expect(roles(registry('Basic'))).toEqual([expect.stringMatching(/^kubelet-id: AcrPull on /)]);
  });

  it('with the SKU Premium has replicas in other regions', () => {
    expect(registry('Premium')('azurerm_container_registry')[0]).toMatchObject({
      zone_redundancy_enabled: true,
      georeplications: [{ location: 'northeurope', zone_redundancy_enabled: true }],
    });
  });
});

describe('the key vault', () => {
  const blocks = synthesize(
    (stack) =>
      new KeyVault(stack, 'vault', {
        placement,
        ...ids,
        name: 'vault',
        softDeleteDays: 30,
        operatorRanges,
        administratorGroupIds: [ids.group],
        endpoint: { subnetId: 'endpoints-id', zoneId: 'zone-id' },
      }),
  );

  it('denies public addresses outside the ranges of the operators', () => {
    expect(blocks('azurerm_key_vault')[0]).toMatchObject({
      rbac_authorization_enabled: true,
      purge_protection_enabled: true,
      soft_delete_retention_days: 30,
      network_acls: { default_action: 'Deny', ip_rules: operatorRanges },
    });
  });

  it('allows the administrators to write secrets', () => {
    expect(roles(blocks)).toEqual([expect.stringContaining(`${ids.group}: Key Vault Secrets Officer on `)]);
  });

  it('has a private endpoint in the network', () => {
    expect(blocks('azurerm_private_endpoint')[0]).toMatchObject({
      subnet_id: 'endpoints-id',
      private_service_connection: { subresource_names: ['vault'] },
      private_dns_zone_group: {
        private_dns_zone_ids: ['zone-id'],
      },
    });
  });
});

describe('a storage account', () => {
  const storage = (ranges: string[]) =>
    synthesize(
      (stack) =>
        new PrivateStorage(stack, 'storage', {
          placement,
          name: 'storage',
          containers: ['one', 'two'],
          zoneRedundant: true,
          operatorRanges: ranges,
          endpoint: { subnetId: 'endpoints-id', zoneId: 'zone-id' },
        }),
    );

  it('accepts only logins with an Azure identity', () => {
    expect(storage(operatorRanges)('azurerm_storage_account')[0]).toMatchObject({
      shared_access_key_enabled: false,
      local_user_enabled: false,
      allow_nested_items_to_be_public: false,
      min_tls_version: 'TLS1_2',
      account_replication_type: 'ZRS',
      network_rules: { default_action: 'Deny', ip_rules: operatorRanges },
    });
    const containers = storage(operatorRanges)('azurerm_storage_container');
    expect(containers.map((container) => container.container_access_type)).toEqual(['private', 'private']);
  });

  it('writes the ranges /31 and /32 as single addresses in its firewall rules', () => {
    const rules = (ranges: string[]) => storage(ranges)('azurerm_storage_account')[0].network_rules.ip_rules;
    expect(rules(['203.0.113.7/32'])).toEqual(['203.0.113.7']);
    expect(rules(['203.0.113.6/31'])).toEqual(['203.0.113.6', '203.0.113.7']);
  });
});

it('a workload identity accepts tokens of only one service account in one cluster', () => {
  const blocks = synthesize(
    (stack) =>
      new WorkloadIdentity(stack, 'identity', {
        placement,
        name: 'prometheus',
        issuer: 'https://issuer.example.com/',
        namespace: 'airflow-3',
        serviceAccount: 'prometheus',
      }),
  );
  expect(blocks('azurerm_federated_identity_credential')[0]).toMatchObject({
    issuer: 'https://issuer.example.com/',
    subject: 'system:serviceaccount:airflow-3:prometheus',
    audience: ['api://AzureADTokenExchange'],
  });
});

it('an audit log contains the configured categories of each source', () => {
  const blocks = synthesize(
    (stack) =>
      new AuditLog(stack, 'audit', {
        placement,
        name: 'audit',
        retentionDays: 90,
        sources: {
          cluster: { id: 'cluster-id', categories: ['guard'] },
          vault: { id: 'vault-id', categories: ['AuditEvent'] },
        },
      }),
  );
  expect(blocks('azurerm_log_analytics_workspace')[0]).toMatchObject({ retention_in_days: 90 });
  expect(blocks('azurerm_monitor_diagnostic_setting')).toEqual([
    expect.objectContaining({ target_resource_id: 'cluster-id', enabled_log: [{ category: 'guard' }] }),
    expect.objectContaining({ target_resource_id: 'vault-id', enabled_log: [{ category: 'AuditEvent' }] }),
  ]);
});

describe('the Azure backup', () => {
  const blocks = synthesize((stack) => {
    const made = new AksCluster(stack, 'cluster', cluster);
    const storage = new PrivateStorage(stack, 'storage', {
      placement,
      name: 'backups',
      containers: ['backups'],
      zoneRedundant: true,
      operatorRanges,
      endpoint: { subnetId: 'endpoints-id', zoneId: 'zone-id' },
    });
    new AksBackup(stack, 'backup', {
      placement,
      ...ids,
      name: 'backup',
      cluster: made,
      storage,
      container: 'backups',
      namespaces: ['airflow-3', 'nats'],
      every: 'PT12H',
      keep: 'P14D',
      zoneRedundant: true,
    });
  });

  it('includes the configured namespaces and their volumes', () => {
    expect(blocks('azurerm_data_protection_backup_instance_kubernetes_cluster')[0]).toMatchObject({
      backup_datasource_parameters: {
        included_namespaces: ['airflow-3', 'nats'],
        volume_snapshot_enabled: true,
      },
    });
    expect(blocks('azurerm_data_protection_backup_policy_kubernetes_cluster')[0]).toMatchObject({
      backup_repeating_time_intervals: [expect.stringMatching(/^R\/.*\/PT12H$/)],
      default_retention_rule: { life_cycle: [{ duration: 'P14D' }] },
    });
  });

  it('logs in to its storage with an Azure identity', () => {
    expect(blocks('azurerm_kubernetes_cluster_extension')[0].configuration_settings).toMatchObject({
      'configuration.backupStorageLocation.config.useAAD': 'true',
      'configuration.backupStorageLocation.config.storageAccountURI':
        expect.stringContaining('primary_blob_endpoint'),
    });
    expect(roles(blocks).join('\n')).toMatch(/aks_assigned_identity.*: Storage Blob Data Contributor on/);
  });

  it('is created after the role assignments that it needs', () => {
    const [instance] = blocks('azurerm_data_protection_backup_instance_kubernetes_cluster');
    expect(
      instance.depends_on.filter((name: string) => name.startsWith('azurerm_role_assignment.')),
    ).toHaveLength(4);
  });
});
