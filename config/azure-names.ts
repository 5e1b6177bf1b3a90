/**
 * Names of Azure resources that one stack creates and another stack reads. A name that must be unique worldwide is a
 * setting of the environment instead.
 */
export function azureNames(environment: string) {
  const prefix = `monitoring-${environment}`;
  return {
    network: prefix,
    auditLog: prefix,
    backup: `${prefix}-backup`,
    insights: `${prefix}-functions`,
    prometheusIdentity: `${prefix}-prometheus`,
    thanosIdentity: `${prefix}-thanos`,
  } as const;
}

/** Names of secrets in the key vault. */
export const vaultSecrets = { batchPusherToken: 'batch-pusher-token' } as const;

/** Names of blob containers in the storage accounts. */
export const containers = { blocks: 'blocks', backups: 'backups', packages: 'packages' } as const;

/**
 * Name of the temporary pool that replaces a node pool while Terraform changes the VM size of the node pool. Two node
 * pools whose names have the same first nine characters get the same temporary name.
 */
export function rotationPool(pool: string): string {
  // Azure allows twelve characters in the name of a pool.
  return `${pool.slice(0, 9)}tmp`;
}

/** Name of the managed identity with which a cluster manages its network. */
export const clusterIdentity = (cluster: string) => `${cluster}-cluster`;

/** Name of the resource group for a cluster's disk snapshots. */
export const snapshotsGroup = (resourceGroup: string) => `${resourceGroup}-snapshots`;

/** Name of the resource group that contains a cluster's nodes. Azure derives this name; the limit is 80 characters. */
export function nodeResourceGroup(resourceGroup: string, cluster: string, location: string): string {
  return `MC_${resourceGroup}_${cluster}_${location}`;
}
