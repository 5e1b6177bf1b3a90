import { createHash } from 'node:crypto';
import type { StackJson } from '../stacks/synthesis.ts';

/** Terraform merges each file `*_override.tf.json` into the configuration. */
export const overrideFileName = 'mocks_override.tf.json';

/** The tests use the real provider, because Terraform cannot mock its ephemeral resources. */
const real = ['random'];

type Values = Readonly<Record<string, unknown>>;

/** A CA certificate in base64. Nothing reads its content. */
const certificate = Buffer.from('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n').toString(
  'base64',
);

/**
 * Computed blocks that a mock provider does not create
 * (https://github.com/hashicorp/terraform-provider-azurerm/issues/25691).
 */
const computedBlocks: Readonly<Record<string, readonly string[]>> = {
  azurerm_kubernetes_cluster: ['kubelet_identity'],
};

const azureTypes: Readonly<Record<string, string>> = {
  azurerm_application_insights: 'Microsoft.Insights/components',
  azurerm_container_registry: 'Microsoft.ContainerRegistry/registries',
  azurerm_data_protection_backup_policy_kubernetes_cluster:
    'Microsoft.DataProtection/backupVaults/mocked/backupPolicies',
  azurerm_key_vault: 'Microsoft.KeyVault/vaults',
  azurerm_log_analytics_workspace: 'Microsoft.OperationalInsights/workspaces',
  azurerm_monitor_action_group: 'Microsoft.Insights/actionGroups',
  azurerm_monitor_data_collection_endpoint: 'Microsoft.Insights/dataCollectionEndpoints',
  azurerm_monitor_data_collection_rule: 'Microsoft.Insights/dataCollectionRules',
  azurerm_private_dns_zone: 'Microsoft.Network/privateDnsZones',
  azurerm_service_plan: 'Microsoft.Web/serverFarms',
  azurerm_storage_account: 'Microsoft.Storage/storageAccounts',
  azurerm_subnet: 'Microsoft.Network/virtualNetworks/mocked/subnets',
  azurerm_virtual_network: 'Microsoft.Network/virtualNetworks',
};

/** By default, a mocked attribute is a random text. The Azure provider rejects random texts as ids. */
const resourceValues: Readonly<Record<string, (name: string) => Values>> = {
  ...withIds(),
  azurerm_resource_group: (name) => ({ id: resourceGroupId(name) }),
  azurerm_user_assigned_identity: (name) => ({
    id: azureId('Microsoft.ManagedIdentity/userAssignedIdentities', name),
    principal_id: guidOf(name),
    client_id: guidOf(`${name} client`),
  }),
  azurerm_kubernetes_cluster: (name) => ({
    id: azureId('Microsoft.ContainerService/managedClusters', name),
    kubelet_identity: { object_id: guidOf(`${name} kubelet`) },
    oidc_issuer_url: 'https://oidc.example.com/issuer/',
  }),
  azurerm_kubernetes_cluster_extension: (name) => ({
    aks_assigned_identity: [
      { principal_id: guidOf(name), tenant_id: guidOf('tenant'), type: 'UserAssigned' },
    ],
  }),
  azurerm_data_protection_backup_vault: (name) => ({
    id: azureId('Microsoft.DataProtection/backupVaults', name),
    identity: { principal_id: guidOf(name) },
  }),
  azurerm_monitor_workspace: (name) => ({
    id: azureId('Microsoft.Monitor/accounts', name),
    default_data_collection_rule_id: azureId('Microsoft.Insights/dataCollectionRules', name),
    default_data_collection_endpoint_id: azureId('Microsoft.Insights/dataCollectionEndpoints', name),
  }),
  azurerm_key_vault_secret: (name) => ({
    resource_versionless_id: azureId('Microsoft.KeyVault/vaults/mocked/secrets', name),
  }),
};

/** Values of data sources. The data sources describe resources of other stacks. */
const dataValues: Readonly<Record<string, (name: string) => Values>> = {
  ...withIds(),
  azurerm_user_assigned_identity: (name) => ({
    id: azureId('Microsoft.ManagedIdentity/userAssignedIdentities', name),
    client_id: guidOf(`${name} client`),
  }),
  azurerm_kubernetes_cluster: (name) => ({
    kube_config: [{ host: `https://${name}.example.com:443`, cluster_ca_certificate: certificate }],
  }),
};

function withIds(): Record<string, (name: string) => Values> {
  return Object.fromEntries(
    Object.entries(azureTypes).map(([type, azureType]) => [
      type,
      (name: string) => ({ id: azureId(azureType, name) }),
    ]),
  );
}

const mockedSubscription = '/subscriptions/00000000-0000-0000-0000-000000000001';

const resourceGroupId = (name: string) => `${mockedSubscription}/resourceGroups/${name}`;

/** A GUID that belongs to a name. Different names have different GUIDs. */
function guidOf(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex');
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

function azureId(type: string, name: string): string {
  return `${resourceGroupId('mocked')}/providers/${type}/${name}`;
}

interface Override {
  readonly target: string;
  readonly values: Values;
}

export interface Mocks {
  readonly mock_provider: Readonly<Record<string, readonly { readonly alias?: string }[]>>;
  readonly override_resource: readonly Override[];
  readonly override_data: readonly Override[];
}

export function mocksOf({ provider, resource, data = {} }: StackJson): Mocks {
  return {
    mock_provider: Object.fromEntries(
      Object.entries(provider)
        .filter(([name]) => !real.includes(name))
        .map(([name, configurations]) => [
          name,
          configurations.map(({ alias }) => (typeof alias === 'string' ? { alias } : {})),
        ]),
    ),
    override_resource: overrides(resource, resourceValues, ''),
    override_data: overrides(data, dataValues, 'data.'),
  };
}

export function computedBlocksOf({ resource }: Pick<StackJson, 'resource'>) {
  const added = Object.entries(computedBlocks).flatMap(([type, blocks]) => {
    const names = Object.keys(resource[type] ?? {});
    if (names.length === 0) return [];
    const empty = Object.fromEntries(blocks.map((block) => [block, [{}]]));
    return [[type, Object.fromEntries(names.map((name) => [name, empty]))] as const];
  });
  // Terraform rejects the override file if `resource` is an empty object.
  return added.length > 0 ? { resource: Object.fromEntries(added) } : {};
}

function overrides(
  blocks: StackJson['resource'],
  values: Readonly<Record<string, (name: string) => Values>>,
  prefix: string,
): readonly Override[] {
  return Object.entries(blocks).flatMap(([type, byName]) => {
    const valuesOf = values[type];
    if (!valuesOf) return [];
    return Object.entries(byName).map(([key, block]) => ({
      target: `${prefix}${type}.${key}`,
      values: valuesOf(typeof block.name === 'string' ? block.name : key),
    }));
  });
}
