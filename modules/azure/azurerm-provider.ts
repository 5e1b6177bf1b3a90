import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider/index.js';
import type { Construct } from 'constructs';

export interface AzurermProviderProps {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** @default the stack's only azurerm provider */
  readonly alias?: string;
}

/**
 * Logs in as the caller (Azure CLI, or OIDC in CI by `ARM_USE_OIDC`). The subscription is named here, so that a login
 * to another one cannot deploy the environment there.
 */
export function azurermProvider(scope: Construct, id: string, props: AzurermProviderProps): AzurermProvider {
  return new AzurermProvider(scope, id, {
    ...props,
    storageUseAzuread: true,
    // Registering providers needs rights over the subscription; docs/deploy-azure.md does it once.
    resourceProviderRegistrations: 'none',
    features: [
      {
        keyVault: [{ purgeSoftDeleteOnDestroy: false, recoverSoftDeletedKeyVaults: true }],
        resourceGroup: [{ preventDeletionIfContainsResources: true }],
        // Accounts admit named ranges only; whether they exist is a question to Azure, not to their data.
        storage: [{ dataPlaneAvailable: false }],
      },
    ],
  });
}
