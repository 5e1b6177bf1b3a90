import { azureChange } from '../azure-plan.ts';
import { type Draft, type DraftAction, draftChange, planWith } from '../draft-plan.ts';
import { releaseChange, resourceChange } from '../local-change.ts';
import type { RuleCases } from './case.ts';

const edge = 'nats/another-cluster';
const role = (values: Draft) => values.extraResources.find(({ kind }: Draft) => kind === 'Role');
const binding = (values: Draft) => values.extraResources.find(({ kind }: Draft) => kind === 'RoleBinding');
const platform = 'prod-platform';
const assignment = 'azurerm_role_assignment';
const administrators = (cluster: Draft) =>
  cluster.azure_active_directory_role_based_access_control[0].admin_group_object_ids;

const read = 'Microsoft.Compute/disks/read';
const definition = (actions: Draft) =>
  actions && { name: 'Custom', permissions: [{ actions, not_actions: [] }] };
const customRole = (action: DraftAction, after: Draft, before: Draft) =>
  planWith('s', [draftChange('azurerm_role_definition', 'r', action, definition(before), definition(after))]);

const permissions = (list: Draft) => ({ object_id: 'o', secret_permissions: list });
const vaultPolicy = (after: Draft, before: Draft) =>
  planWith('s', [
    draftChange('azurerm_key_vault_access_policy', 'p', 'update', permissions(before), permissions(after)),
  ]);

export const rightsCases: RuleCases = {
  'powerful-role-assigned': {
    applies: () => azureChange(platform, [assignment, 'Contributor'], 'create'),
    other: () => azureChange(platform, [assignment, 'AcrPull'], 'create'),
  },
  'role-assigned': {
    applies: () => azureChange(platform, [assignment, 'AcrPull'], 'create'),
    other: () => azureChange(platform, [assignment, 'AcrPull'], 'delete'),
  },
  'role-removed': {
    applies: () => azureChange(platform, [assignment, 'AcrPull'], 'delete'),
    other: () => azureChange(platform, [assignment, 'AcrPull'], 'create'),
  },
  'powerful-right-in-cluster': {
    applies: () => releaseChange(edge, (values) => role(values).rules[0].resources.push('secrets')),
    other: () => releaseChange(edge, (values) => role(values).rules[0].resources.push('services')),
  },
  'right-in-cluster': {
    applies: () => releaseChange(edge, (values) => role(values).rules[0].resources.push('services')),
    other: () => releaseChange(edge, (values) => role(values).rules[0].verbs.pop()),
  },
  'cluster-admin-bound': {
    applies: () =>
      releaseChange(edge, (values) => {
        binding(values).roleRef = { kind: 'ClusterRole', name: 'cluster-admin' };
      }),
    other: () =>
      releaseChange(edge, (values) => {
        binding(values).roleRef = { kind: 'ClusterRole', name: 'view' };
      }),
  },
  'service-account-token': {
    applies: () =>
      resourceChange('kubernetes_deployment_v1', 'nats/usdt-exporter', 'update', (object) => {
        object.spec[0].template[0].spec[0].automount_service_account_token = true;
      }),
    other: () => resourceChange('kubernetes_deployment_v1', 'nats/usdt-exporter', 'create'),
  },
  'identity-trusted': {
    applies: () =>
      azureChange('managed-platform', 'azurerm_federated_identity_credential', 'update', (credential) => {
        credential.subject = 'system:serviceaccount:shop:anything';
      }),
    other: () => azureChange('managed-platform', 'azurerm_user_assigned_identity', 'create'),
  },
  'powerful-custom-role': {
    applies: () => customRole('create', ['*'], null),
    other: () => customRole('create', ['Microsoft.Storage/storageAccounts/*/read'], null),
  },
  'custom-role-widened': {
    applies: () => customRole('update', [read, 'Microsoft.Compute/disks/write'], [read]),
    other: () => customRole('update', [read], [read, 'Microsoft.Compute/disks/write']),
  },
  'vault-access-widened': {
    applies: () => vaultPolicy(['Get', 'Set'], ['Get']),
    other: () => vaultPolicy(['Get'], ['Get', 'Set']),
  },
  'vault-access-removed': {
    applies: () => vaultPolicy(['Get'], ['Get', 'Set']),
    other: () => vaultPolicy(['Get', 'Set'], ['Get']),
  },
  'administrators-changed': {
    applies: () =>
      azureChange(platform, 'azurerm_kubernetes_cluster', 'update', (cluster) =>
        administrators(cluster).push('00000000-0000-0000-0000-0000000000ff'),
      ),
    other: () => azureChange(platform, 'azurerm_kubernetes_cluster', 'create'),
  },
};
