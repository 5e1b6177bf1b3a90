/**
 * Names of Azure resources in several stacks. A name that must be unique worldwide is a setting of the environment.
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

export const vaultSecrets = { batchPusherToken: 'batch-pusher-token' } as const;

export const containers = { blocks: 'blocks', backups: 'backups', packages: 'packages' } as const;

/**
 * Name of a temporary node pool. Terraform creates this pool while it changes the VM size of `pool`. Two pools need
 * names with different first nine characters, otherwise they get the same temporary name.
 */
export function rotationPool(pool: string): string {
  // Azure allows at most twelve characters in the name.
  return `${pool.slice(0, 9)}tmp`;
}

/** Name of the managed identity of a cluster. The cluster manages its network with this identity. */
export const clusterIdentity = (cluster: string) => `${cluster}-cluster`;

/** Name of the resource group for the disk snapshots of a cluster. */
export const snapshotsGroup = (resourceGroup: string) => `${resourceGroup}-snapshots`;

/** Name of the resource group in which Azure creates the nodes of a cluster. Azure allows at most 80 characters. */
export function nodeResourceGroup(resourceGroup: string, cluster: string, location: string): string {
  return `MC_${resourceGroup}_${cluster}_${location}`;
}
