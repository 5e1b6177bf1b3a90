/** Names of Azure resources. Names that must be unique worldwide are settings of the environment. */
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

/** Name of the temporary node pool that Terraform creates while it changes the VM size of `pool`. */
export function rotationPool(pool: string): string {
  // Azure allows at most twelve characters in the name of a node pool.
  return `${pool.slice(0, 9)}tmp`;
}

/** The managed identity with which a cluster manages its network. */
export const clusterIdentity = (cluster: string) => `${cluster}-cluster`;

export const snapshotsGroup = (resourceGroup: string) => `${resourceGroup}-snapshots`;

/** Resource group that Azure creates for the nodes. Azure allows at most 80 characters. */
export function nodeResourceGroup(resourceGroup: string, cluster: string, location: string): string {
  return `MC_${resourceGroup}_${cluster}_${location}`;
}
