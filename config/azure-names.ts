/**
 * Names of Azure resources that one stack creates and another stack reads. Globally unique names are values of the
 * environment.
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

/** Secrets in the key vault. */
export const vaultSecrets = { batchPusherToken: 'batch-pusher-token' } as const;

/** Blob containers of the storage accounts. */
export const containers = { blocks: 'blocks', backups: 'backups', packages: 'packages' } as const;

/**
 * Name of the pool that replaces a node pool while the size of the node pool changes. Pools that share their first nine
 * characters share this name.
 */
export function rotationPool(pool: string): string {
  // Azure allows twelve characters in the name of a pool.
  return `${pool.slice(0, 9)}tmp`;
}

/** The managed identity that a cluster uses in its network. */
export const clusterIdentity = (cluster: string) => `${cluster}-cluster`;

/** Resource group of a cluster's disk snapshots. */
export const snapshotsGroup = (resourceGroup: string) => `${resourceGroup}-snapshots`;

/** Resource group of a cluster's nodes. Azure derives this name; the limit is 80 characters. */
export function nodeResourceGroup(resourceGroup: string, cluster: string, location: string): string {
  return `MC_${resourceGroup}_${cluster}_${location}`;
}
