import { azureNames, clusterIdentity } from '../../../config/azure-names.ts';
import { privateHosts } from '../../../config/cluster-names.ts';
import type { Environment } from '../../../config/environment.ts';
import type { AzurePlatform } from '../../../platforms/azure/values.ts';
import type { Assertion, AssertionsOf } from './assertion.ts';
import { elements, is, isNot } from './assertion.ts';
import { isAzure, noPublicAddress, privateStorage } from './azure.ts';

type OnAzure = Environment<AzurePlatform>;

export const platformAssertions: AssertionsOf = (environment) => {
  if (!isAzure(environment)) throw new Error(`${environment.name} is not on Azure, but has a platform stack`);
  const { platform, production } = environment;
  const accounts = [
    ...(platform.backup ? [platform.backup.storageAccount] : []),
    ...(platform.objectStorage ? [platform.objectStorage.storageAccount] : []),
  ];
  return {
    list: [
      ...clusterAssertions(environment),
      ...networkAssertions(environment),
      ...registryAndVault(environment),
      ...accounts.flatMap((name) => privateStorage(name, platform.operatorRanges)),
      ...backupAssertions(environment),
      noPublicAddress,
    ],
    protectedTypes: production
      ? [
          'azurerm_container_registry',
          'azurerm_key_vault',
          'azurerm_kubernetes_cluster',
          ...accounts.map(() => 'azurerm_storage_account'),
        ]
      : [],
  };
};

function clusterAssertions({ platform }: OnAzure): readonly Assertion[] {
  const { cluster, network } = platform;
  const of = { type: 'azurerm_kubernetes_cluster', where: { name: cluster.name } };
  return [
    {
      statement: 'The cluster has no local accounts, and Entra controls every login',
      of,
      attributes: {
        local_account_disabled: is(true),
        role_based_access_control_enabled: is(true),
        'azure_active_directory_role_based_access_control[0].azure_rbac_enabled': is(true),
        'azure_active_directory_role_based_access_control[0].tenant_id': is(platform.tenantId),
        'azure_active_directory_role_based_access_control[0].admin_group_object_ids': elements(
          platform.administratorGroupIds,
        ),
        run_command_enabled: is(false),
        oidc_issuer_enabled: is(true),
        workload_identity_enabled: is(true),
      },
    },
    {
      statement: 'Only the operators reach the API server',
      of,
      attributes: {
        'api_server_access_profile[0].authorized_ip_ranges': elements(platform.operatorRanges),
      },
    },
    {
      statement: 'The cluster enforces network policies, and has the ranges of the environment',
      of,
      attributes: {
        'network_profile[0].network_policy': is('cilium'),
        'network_profile[0].network_data_plane': is('cilium'),
        'network_profile[0].network_plugin_mode': is('overlay'),
        'network_profile[0].pod_cidr': is(network.pods),
        'network_profile[0].service_cidr': is(network.services),
        'network_profile[0].dns_service_ip': is(network.dnsServiceIp),
      },
    },
    {
      statement: 'The cluster has the version, the tier and the nodes of the environment',
      of,
      attributes: {
        kubernetes_version: is(cluster.kubernetesVersion),
        sku_tier: is(cluster.tier),
        automatic_upgrade_channel: is(cluster.upgradeChannel),
        node_os_upgrade_channel: is(cluster.nodeImageChannel),
        'default_node_pool[0].name': is(cluster.systemPool.name),
        'default_node_pool[0].vm_size': is(cluster.systemPool.vmSize),
        'default_node_pool[0].min_count': is(cluster.systemPool.min),
        'default_node_pool[0].max_count': is(cluster.systemPool.max),
        'default_node_pool[0].node_public_ip_enabled': isNot(true),
      },
    },
    ...cluster.userPools.map((pool) => ({
      statement: `The node pool ${pool.name} has the size of the environment, and no public addresses`,
      of: { type: 'azurerm_kubernetes_cluster_node_pool', where: { name: pool.name } },
      attributes: {
        vm_size: is(pool.vmSize),
        min_count: is(pool.min),
        max_count: is(pool.max),
        node_public_ip_enabled: isNot(true),
      },
    })),
    {
      statement: 'The kubelet may pull images from the registry',
      of: { type: 'azurerm_role_assignment', where: { role_definition_name: 'AcrPull' } },
      attributes: { principal_type: is('ServicePrincipal') },
      afterApply: {
        principal_id: { sameAs: of, attribute: 'kubelet_identity[0].object_id' },
        scope: {
          sameAs: { type: 'azurerm_container_registry', where: { name: platform.registry.name } },
          attribute: 'id',
        },
      },
    },
    {
      statement: 'The identity of the cluster may change the network, and nothing else',
      of: { type: 'azurerm_role_assignment', where: { role_definition_name: 'Network Contributor' } },
      afterApply: {
        principal_id: {
          sameAs: {
            type: 'azurerm_user_assigned_identity',
            where: { name: clusterIdentity(cluster.name) },
          },
          attribute: 'principal_id',
        },
      },
    },
  ];
}

function networkAssertions({ name, platform, pushgateway }: OnAzure): readonly Assertion[] {
  const { network } = platform;
  const subnets = {
    nodes: network.nodes,
    functions: network.functions,
    'load-balancers': network.loadBalancers,
    'private-endpoints': network.privateEndpoints,
  };
  return [
    {
      statement: 'The network has the range of the environment',
      of: { type: 'azurerm_virtual_network', where: { name: azureNames(name).network } },
      attributes: { address_space: elements([network.addressSpace]) },
    },
    ...Object.entries(subnets).map(([subnet, range]) => ({
      statement: `The subnet ${subnet} has the range of the environment`,
      of: { type: 'azurerm_subnet', where: { name: subnet } },
      attributes: { address_prefixes: is([range]) },
    })),
    {
      statement: 'The subnet of the functions is delegated to Flex Consumption',
      of: { type: 'azurerm_subnet', where: { name: 'functions' } },
      attributes: { 'delegation[0].service_delegation[0].name': is('Microsoft.App/environments') },
    },
    ...(pushgateway.ip
      ? [
          {
            statement: `The private name of the Pushgateway is ${privateHosts(network.privateZone).pushgateway}`,
            of: { type: 'azurerm_private_dns_a_record', where: { name: 'pushgateway' } },
            attributes: { records: elements([pushgateway.ip]), zone_name: is(network.privateZone) },
          },
        ]
      : []),
  ];
}

function registryAndVault({ platform }: OnAzure): readonly Assertion[] {
  const { registry, keyVault, operatorRanges } = platform;
  return [
    {
      statement: 'The registry has no administrator account and no anonymous access',
      of: { type: 'azurerm_container_registry', where: { name: registry.name } },
      attributes: {
        admin_enabled: is(false),
        anonymous_pull_enabled: is(false),
        sku: is(registry.sku),
        zone_redundancy_enabled: registry.zoneRedundant ? is(true) : isNot(true),
      },
    },
    {
      statement: 'The vault cannot be purged, and only the operators reach it',
      of: { type: 'azurerm_key_vault', where: { name: keyVault.name } },
      attributes: {
        purge_protection_enabled: is(true),
        soft_delete_retention_days: is(keyVault.softDeleteDays),
        rbac_authorization_enabled: is(true),
        'network_acls[0].default_action': is('Deny'),
        'network_acls[0].ip_rules': elements(operatorRanges),
      },
    },
    {
      statement: 'Only the administrators write secrets to the vault',
      of: {
        type: 'azurerm_role_assignment',
        where: { role_definition_name: 'Key Vault Secrets Officer' },
        count: platform.administratorGroupIds.length,
      },
      attributes: { principal_type: is('Group') },
    },
    {
      statement: 'The audit log keeps its entries as long as the environment says',
      of: { type: 'azurerm_log_analytics_workspace' },
      attributes: { retention_in_days: is(platform.auditLogDays) },
    },
    {
      statement: 'The API server and the vault write to the audit log',
      of: { type: 'azurerm_monitor_diagnostic_setting', count: 2 },
      attributes: { name: is('audit') },
    },
  ];
}

function backupAssertions({ name, platform }: OnAzure): readonly Assertion[] {
  const type = 'azurerm_data_protection_backup_instance_kubernetes_cluster';
  if (!platform.backup) {
    return [{ statement: 'No backup runs, because the environment has no backup', none: { type } }];
  }
  return [
    {
      statement: 'The volumes of the monitoring namespaces are in the backup',
      of: { type },
      attributes: { 'backup_datasource_parameters[0].volume_snapshot_enabled': is(true) },
    },
    {
      statement: 'The backup has the interval and the retention of the environment',
      of: {
        type: 'azurerm_data_protection_backup_policy_kubernetes_cluster',
        where: { name: azureNames(name).backup },
      },
      attributes: {
        'default_retention_rule[0].life_cycle[0].duration': is(platform.backup.keep),
        'length(backup_repeating_time_intervals)': is(1),
      },
    },
  ];
}
