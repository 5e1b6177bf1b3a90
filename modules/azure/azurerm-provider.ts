import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider/index.js';
import type { Construct } from 'constructs';

export interface AzurermProviderProps {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** @default the only azurerm provider of the stack */
  readonly alias?: string;
}

/**
 * Logs in as the caller (Azure CLI, or OIDC in CI by `ARM_USE_OIDC`). The subscription is fixed here; therefore a login
 * to another subscription cannot deploy the environment there.
 */
export function azurermProvider(scope: Construct, id: string, props: AzurermProviderProps): AzurermProvider {
  return new AzurermProvider(scope, id, {
    ...props,
    storageUseAzuread: true,
    // The registration of providers needs rights over the subscription. The operator registers them once
    // (docs/deploy-azure.md).
    resourceProviderRegistrations: 'none',
    features: [
      {
        keyVault: [{ purgeSoftDeleteOnDestroy: false, recoverSoftDeletedKeyVaults: true }],
        resourceGroup: [{ preventDeletionIfContainsResources: true }],
        // Storage accounts allow only configured ranges. Therefore the provider checks their existence with the Azure
        // API only.
        storage: [{ dataPlaneAvailable: false }],
      },
    ],
  });
}
