import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider/index.js';
import type { Construct } from 'constructs';

export interface AzurermProviderProps {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /**
   * Alias of the provider, unique in the stack.
   * @default no alias, for the only azurerm provider of the stack
   */
  readonly alias?: string;
}

/**
 * An azurerm provider with the login of the caller: the Azure CLI, or OIDC in CI with `ARM_USE_OIDC`. The subscription
 * is fixed, therefore a caller in another subscription cannot deploy the environment.
 */
export function azurermProvider(scope: Construct, id: string, props: AzurermProviderProps): AzurermProvider {
  return new AzurermProvider(scope, id, {
    ...props,
    storageUseAzuread: true,
    // A person registers the resource providers (docs/deploy-azure.md), because a registration needs rights on the
    // whole subscription.
    resourceProviderRegistrations: 'none',
    features: [
      {
        keyVault: [{ purgeSoftDeleteOnDestroy: false, recoverSoftDeletedKeyVaults: true }],
        resourceGroup: [{ preventDeletionIfContainsResources: true }],
        // Terraform reads a storage account only through the management API of Azure. The account itself accepts only
        // requests from the configured IP ranges.
        storage: [{ dataPlaneAvailable: false }],
      },
    ],
  });
}
