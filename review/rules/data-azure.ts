import { attributes, resources } from './look.ts';
import { azureStores } from './parts.ts';
import type { Rule } from './rule.ts';
import { always, becomes, fewer, leaves } from './when.ts';

const { vault, storage, container, registry, cluster, logs, metrics } = azureStores;

export const azureDataRules: readonly Rule[] = [
  {
    id: 'vault-destroyed',
    tier: 'irreversible',
    concern: 'data',
    title: 'A key vault is destroyed or replaced',
    looksAt: [resources([vault], 'destroy', 'replace')],
    when: always,
    reason:
      'The secrets are no longer readable. Azure keeps the deleted vault and its name until the soft-delete retention ends.',
    remedy:
      'Keep the vault. If a changed argument forces a replacement, first create a new vault with another name.',
  },
  {
    id: 'vault-protection-off',
    tier: 'irreversible',
    concern: 'data',
    title: 'A key vault loses its protection against purging',
    looksAt: [attributes([vault], 'purge_protection_enabled')],
    when: (pair, change) =>
      change.action === 'create' ? becomes(false)(pair, change) : leaves(true)(pair, change),
    reason:
      'Without purge protection, a deleted vault can be purged. The secrets of a purged vault cannot be recovered.',
    remedy: 'Keep `purge_protection_enabled`.',
  },
  {
    id: 'vault-restore-window-cut',
    tier: 'dangerous',
    concern: 'data',
    title: 'Deleted secrets can be recovered for a shorter time',
    looksAt: [attributes([vault], 'soft_delete_retention_days')],
    when: fewer,
    reason:
      'A secret that is deleted by mistake is lost earlier. Azure accepts the value only for a new vault.',
    remedy: 'Keep the value.',
  },
  {
    id: 'storage-destroyed',
    tier: 'irreversible',
    concern: 'data',
    title: 'A storage account is destroyed or replaced',
    looksAt: [resources([storage], 'destroy', 'replace')],
    when: always,
    reason: 'All blobs of the account are deleted: backups, states, blocks of Thanos, packages of functions.',
    remedy: 'Copy the blobs to another account first, or remove the account from the state and keep it.',
  },
  {
    id: 'container-destroyed',
    tier: 'irreversible',
    concern: 'data',
    title: 'A blob container is destroyed or replaced',
    looksAt: [resources([container], 'destroy', 'replace')],
    when: always,
    reason:
      'All blobs of the container are deleted. The soft deletion of containers keeps them for a few days only.',
    remedy:
      'Copy the blobs first. To undo the deletion later, restore the container in the portal before the retention of deleted containers ends.',
  },
  {
    id: 'cluster-destroyed',
    tier: 'irreversible',
    concern: 'data',
    title: 'A Kubernetes cluster is destroyed or replaced',
    looksAt: [resources([cluster], 'destroy', 'replace')],
    when: always,
    reason:
      'The cluster and the disks of its node resource group are deleted with all samples, streams and dashboards.',
    remedy:
      'Find the argument that forces the replacement, and undo it. Otherwise back up the volumes first (docs/restore.md).',
  },
  {
    id: 'registry-destroyed',
    tier: 'irreversible',
    concern: 'data',
    title: 'A container registry is destroyed or replaced',
    looksAt: [resources([registry], 'destroy', 'replace')],
    when: always,
    reason: 'All images are deleted. A pod that moves to another node cannot start.',
    remedy: 'Copy the images to another registry first (`az acr import`).',
  },
  {
    id: 'metric-store-destroyed',
    tier: 'irreversible',
    concern: 'data',
    title: 'A workspace with metrics or logs is destroyed or replaced',
    looksAt: [resources([metrics, logs], 'destroy', 'replace')],
    when: always,
    reason: 'The metrics or the audit logs of the workspace are deleted.',
    remedy: 'Export the data first, or remove the workspace from the state and keep it.',
  },
  {
    id: 'backup-removed',
    tier: 'dangerous',
    concern: 'data',
    title: 'The backup of the cluster is removed',
    looksAt: [
      resources(
        [
          'azurerm_data_protection_backup_instance_kubernetes_cluster',
          'azurerm_data_protection_backup_policy_kubernetes_cluster',
          'azurerm_data_protection_backup_vault',
          'azurerm_kubernetes_cluster_extension',
        ],
        'destroy',
        'replace',
      ),
    ],
    when: always,
    reason:
      'After the removal of the backup, Azure takes no more snapshots of the volumes. If the backup vault is destroyed, the snapshots in the vault are deleted too.',
    remedy: 'Take a backup by another way first, and add the backup again as soon as possible.',
  },
  {
    id: 'backup-namespace-removed',
    tier: 'dangerous',
    concern: 'data',
    title: 'A namespace is no longer part of the backup',
    looksAt: [
      attributes(
        ['azurerm_data_protection_backup_instance_kubernetes_cluster'],
        'backup_datasource_parameters.included_namespaces.*',
        'backup_datasource_parameters.volume_snapshot_enabled',
      ),
    ],
    when: (pair, change) =>
      change.action === 'update' &&
      pair.before !== undefined &&
      (pair.after === undefined || pair.after === false)
        ? `${pair.path.at(-1)} is left out`
        : undefined,
    reason: 'Azure no longer takes snapshots of the volumes in the namespace.',
    remedy: 'Keep the namespace in the backup as long as it has volumes.',
  },
  {
    id: 'resource-group-destroyed',
    tier: 'irreversible',
    concern: 'data',
    title: 'A resource group is destroyed or replaced',
    looksAt: [resources(['azurerm_resource_group'], 'destroy', 'replace')],
    when: always,
    reason: 'Azure deletes everything in the group.',
    remedy:
      'Confirm that nobody needs the resources in the resource group. A lock on the resource group prevents its deletion.',
  },
];
