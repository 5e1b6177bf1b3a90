import { DataProtectionBackupInstanceKubernetesCluster } from '@cdktf/provider-azurerm/lib/data-protection-backup-instance-kubernetes-cluster/index.js';
import { DataProtectionBackupPolicyKubernetesCluster } from '@cdktf/provider-azurerm/lib/data-protection-backup-policy-kubernetes-cluster/index.js';
import { DataProtectionBackupVault } from '@cdktf/provider-azurerm/lib/data-protection-backup-vault/index.js';
import { KubernetesClusterExtension } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-extension/index.js';
import { KubernetesClusterTrustedAccessRoleBinding } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-trusted-access-role-binding/index.js';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group/index.js';
import { Construct } from 'constructs';
import { snapshotsGroup } from '../../config/azure-names.ts';
import type { AksCluster } from './aks-cluster.ts';
import { grant } from './grant.ts';
import type { Placement } from './placement.ts';
import type { PrivateStorage } from './private-storage.ts';

export interface AksBackupProps {
  readonly placement: Placement;
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly name: string;
  readonly cluster: AksCluster;
  /** Stores the Kubernetes objects of a backup, but not the snapshots of volumes. */
  readonly storage: PrivateStorage;
  readonly container: string;
  readonly namespaces: readonly string[];
  /** ISO 8601 duration between two backups. */
  readonly every: string;
  /** ISO 8601 duration. */
  readonly keep: string;
  readonly zoneRedundant: boolean;
}

/** Azure counts the intervals from this time. Any past time is valid. */
const scheduleStart = '2026-01-01T01:00:00+00:00';

/** Azure Backup of namespaces and their volumes. */
export class AksBackup extends Construct {
  constructor(scope: Construct, id: string, props: AksBackupProps) {
    super(scope, id);
    const { placement, name, storage } = props;
    const { cluster, identity } = props.cluster;
    const snapshots = new ResourceGroup(this, 'snapshots', {
      name: snapshotsGroup(placement.resourceGroupName),
      location: placement.location,
      tags: placement.tags,
    });
    const vault = new DataProtectionBackupVault(this, 'vault', {
      ...placement,
      name,
      datastoreType: 'OperationalStore',
      redundancy: props.zoneRedundant ? 'ZoneRedundant' : 'LocallyRedundant',
      identity: { type: 'SystemAssigned' },
    });
    const extension = new KubernetesClusterExtension(this, 'extension', {
      name: 'backup',
      clusterId: cluster.id,
      extensionType: 'Microsoft.DataProtection.Kubernetes',
      releaseTrain: 'stable',
      releaseNamespace: 'dataprotection-microsoft',
      configurationSettings: {
        'configuration.backupStorageLocation.bucket': props.container,
        'configuration.backupStorageLocation.config.resourceGroup': placement.resourceGroupName,
        'configuration.backupStorageLocation.config.storageAccount': storage.account.name,
        'configuration.backupStorageLocation.config.subscriptionId': props.subscriptionId,
        // The extension logs in with its identity, because the storage account does not allow account keys.
        'configuration.backupStorageLocation.config.useAAD': 'true',
        'configuration.backupStorageLocation.config.storageAccountURI': storage.account.primaryBlobEndpoint,
        'credentials.tenantId': props.tenantId,
      },
      dependsOn: [storage.endpoint, ...storage.containers.values()],
    });
    const trust = new KubernetesClusterTrustedAccessRoleBinding(this, 'trust', {
      name: 'backup',
      kubernetesClusterId: cluster.id,
      roles: ['Microsoft.DataProtection/backupVaults/backup-operator'],
      sourceResourceId: vault.id,
    });
    // Required roles for backups in the operational tier:
    // https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept
    const roles = [
      grant(this, 'extension-writes', {
        role: 'Storage Blob Data Contributor',
        on: storage.account.id,
        to: extension.aksAssignedIdentity.get(0).principalId,
      }),
      grant(this, 'vault-reads-cluster', { role: 'Reader', on: cluster.id, to: vault.identity.principalId }),
      grant(this, 'vault-reads-snapshots', {
        role: 'Reader',
        on: snapshots.id,
        to: vault.identity.principalId,
      }),
      grant(this, 'cluster-snapshots', { role: 'Contributor', on: snapshots.id, to: identity.principalId }),
    ];
    const policy = new DataProtectionBackupPolicyKubernetesCluster(this, 'policy', {
      name,
      resourceGroupName: placement.resourceGroupName,
      vaultName: vault.name,
      backupRepeatingTimeIntervals: [`R/${scheduleStart}/${props.every}`],
      defaultRetentionRule: { lifeCycle: [{ dataStoreType: 'OperationalStore', duration: props.keep }] },
    });
    new DataProtectionBackupInstanceKubernetesCluster(this, 'instance', {
      name,
      location: placement.location,
      vaultId: vault.id,
      kubernetesClusterId: cluster.id,
      snapshotResourceGroupName: snapshots.name,
      backupPolicyId: policy.id,
      backupDatasourceParameters: {
        includedNamespaces: [...props.namespaces],
        clusterScopedResourcesEnabled: true,
        volumeSnapshotEnabled: true,
      },
      dependsOn: [trust, ...roles],
    });
  }
}
