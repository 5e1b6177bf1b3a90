import type { Environment } from './environment.ts';

/** Names of the storage accounts that an environment makes; each has a private endpoint. */
export function storageAccounts({
  platform,
  functions,
  usdtExporter,
  central,
}: Environment): readonly string[] {
  return [
    platform.kind === 'azure' ? platform.backup?.storageAccount : undefined,
    functions.host === 'azure' ? functions.storageAccount : undefined,
    usdtExporter.host === 'azure' ? usdtExporter.storageAccount : undefined,
    central.engine === 'mimir' ? central.mimir.storageAccount : undefined,
  ].filter((name) => name !== undefined);
}
