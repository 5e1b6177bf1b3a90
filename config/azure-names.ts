/**
 * Names of Azure resources that one stack creates and another stack reads. Names that must be unique worldwide are
 * settings of an environment.
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
 * Name of the temporary node pool that Terraform creates while it changes the VM size of `pool`. Two pools get the same
 * temporary name if the first nine characters of their names are equal.
 */
export function rotationPool(pool: string): string {
  // Azure allows at most twelve characters.
  return `${pool.slice(0, 9)}tmp`;
}

/** Name of the managed identity that a cluster uses to manage its network. */
export const clusterIdentity = (cluster: string) => `${cluster}-cluster`;

/** Name of the resource group for the disk snapshots of a cluster. */
export const snapshotsGroup = (resourceGroup: string) => `${resourceGroup}-snapshots`;

/** Name of the resource group in which Azure creates the nodes of a cluster. Azure allows at most 80 characters. */
export function nodeResourceGroup(resourceGroup: string, cluster: string, location: string): string {
  return `MC_${resourceGroup}_${cluster}_${location}`;
}
