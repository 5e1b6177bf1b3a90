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
