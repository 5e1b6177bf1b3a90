import type { AzureEnvironment } from './environment.ts';

/** Names of the storage accounts of an environment. Each account needs a private endpoint. */
export function storageAccounts({ platform, functions, usdtExporter }: AzureEnvironment): readonly string[] {
  return [
    platform.backup?.storageAccount,
    functions.host === 'azure' ? functions.storageAccount : undefined,
    usdtExporter.host === 'azure' ? usdtExporter.storageAccount : undefined,
    platform.objectStorage?.storageAccount,
  ].filter((name) => name !== undefined);
}
