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
 * An azurerm provider with the login of the caller: the Azure CLI, or OIDC in CI with `ARM_USE_OIDC`. Its subscription
 * is fixed, therefore a caller with another subscription cannot deploy the environment.
 */
export function azurermProvider(scope: Construct, id: string, props: AzurermProviderProps): AzurermProvider {
  return new AzurermProvider(scope, id, {
    ...props,
    storageUseAzuread: true,
    // Registration of resource providers needs rights on the whole subscription. Therefore the operator registers them
    // manually (docs/deploy-azure.md).
    resourceProviderRegistrations: 'none',
    features: [
      {
        keyVault: [{ purgeSoftDeleteOnDestroy: false, recoverSoftDeletedKeyVaults: true }],
        resourceGroup: [{ preventDeletionIfContainsResources: true }],
        // Storage accounts accept requests only from the configured IP ranges. Terraform therefore finds an account
        // only through the management API of Azure.
        storage: [{ dataPlaneAvailable: false }],
      },
    ],
  });
}
