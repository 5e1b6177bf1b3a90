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
 * An azurerm provider that uses the caller's login: the Azure CLI, or OIDC in CI with `ARM_USE_OIDC`. The provider has
 * a fixed subscription. Therefore a login to another subscription cannot deploy the environment there.
 */
export function azurermProvider(scope: Construct, id: string, props: AzurermProviderProps): AzurermProvider {
  return new AzurermProvider(scope, id, {
    ...props,
    storageUseAzuread: true,
    // Terraform does not register resource providers, because this needs rights on the whole subscription. The operator
    // registers them once (docs/deploy-azure.md).
    resourceProviderRegistrations: 'none',
    features: [
      {
        keyVault: [{ purgeSoftDeleteOnDestroy: false, recoverSoftDeletedKeyVaults: true }],
        resourceGroup: [{ preventDeletionIfContainsResources: true }],
        // Storage accounts accept requests only from the configured IP ranges. Therefore Terraform uses only Azure's
        // management API to check whether an account exists.
        storage: [{ dataPlaneAvailable: false }],
      },
    ],
  });
}
