/** Names of Azure resources that one stack makes and another reads back; the unique ones are values of the environment. */
export function azureNames(environment: string) {
  const prefix = `monitoring-${environment}`;
  return {
    network: prefix,
    auditLog: prefix,
    backup: `${prefix}-backup`,
    insights: `${prefix}-functions`,
    prometheusIdentity: `${prefix}-prometheus`,
    mimirIdentity: `${prefix}-mimir`,
  } as const;
}

/** Secrets of the vault. */
export const vaultSecrets = { batchPusherToken: 'batch-pusher-token' } as const;

/** Containers of the storage accounts. */
export const containers = { blocks: 'blocks', backups: 'backups', packages: 'packages' } as const;

/**
 * Name of the pool that replaces a node pool while the size of the node pool changes. Pools that share their first nine
 * characters share this name.
 */
export function rotationPool(pool: string): string {
  // Azure allows twelve characters.
  return `${pool.slice(0, 9)}tmp`;
}

/** The identity that acts for a cluster in its network. */
export const clusterIdentity = (cluster: string) => `${cluster}-cluster`;

/** Resource group of a cluster's disk snapshots. */
export const snapshotsGroup = (resourceGroup: string) => `${resourceGroup}-snapshots`;

/** Resource group of a cluster's nodes, as Azure names it; 80 characters at most. */
export function nodeResourceGroup(resourceGroup: string, cluster: string, location: string): string {
  return `MC_${resourceGroup}_${cluster}_${location}`;
}
