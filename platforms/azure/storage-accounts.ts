import type { AzureEnvironment } from './environment.ts';

/** Storage accounts of an environment. Each of them needs a private endpoint. */
export function storageAccounts({ platform, functions, usdtExporter }: AzureEnvironment): readonly string[] {
  return [
    platform.backup?.storageAccount,
    functions.host === 'azure' ? functions.storageAccount : undefined,
    usdtExporter.host === 'azure' ? usdtExporter.storageAccount : undefined,
    platform.objectStorage?.storageAccount,
  ].filter((name) => name !== undefined);
}
