import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider/index.js';
import type { Construct } from 'constructs';

export interface AzurermProviderProps {
  /** Prevents a deployment to a wrong subscription. */
  readonly subscriptionId: string;
  readonly tenantId: string;
  /**
   * A stack with several azurerm providers needs an alias for each additional provider.
   * @default none
   */
  readonly alias?: string;
}

/** The provider logs in with the Azure CLI, or in CI with OIDC (`ARM_USE_OIDC`). */
export function azurermProvider(scope: Construct, id: string, props: AzurermProviderProps): AzurermProvider {
  return new AzurermProvider(scope, id, {
    ...props,
    storageUseAzuread: true,
    // A registration needs rights on the whole subscription. See docs/deploy-azure.md.
    resourceProviderRegistrations: 'none',
    features: [
      {
        keyVault: [{ purgeSoftDeleteOnDestroy: false, recoverSoftDeletedKeyVaults: true }],
        resourceGroup: [{ preventDeletionIfContainsResources: true }],
        // The firewall of a storage account can reject Terraform, therefore Terraform avoids the data API.
        storage: [{ dataPlaneAvailable: false }],
      },
    ],
  });
}
