import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider/index.js';
import type { Construct } from 'constructs';

export interface AzurermProviderProps {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** @default no alias, for the only azurerm provider of the stack */
  readonly alias?: string;
}

/**
 * An azurerm provider. It logs in with the Azure CLI, or in CI with OIDC (`ARM_USE_OIDC`). The fixed subscription
 * prevents a deployment to a wrong subscription.
 */
export function azurermProvider(scope: Construct, id: string, props: AzurermProviderProps): AzurermProvider {
  return new AzurermProvider(scope, id, {
    ...props,
    storageUseAzuread: true,
    // Terraform must not register Azure resource providers, such as `Microsoft.Storage`: that needs rights on the whole
    // subscription. A person registers the resource providers once (docs/deploy-azure.md).
    resourceProviderRegistrations: 'none',
    features: [
      {
        keyVault: [{ purgeSoftDeleteOnDestroy: false, recoverSoftDeletedKeyVaults: true }],
        resourceGroup: [{ preventDeletionIfContainsResources: true }],
        // `false`: Terraform reads storage accounts only through the management API. The firewall of a storage account
        // protects the data API, and can reject the IP address of Terraform.
        storage: [{ dataPlaneAvailable: false }],
      },
    ],
  });
}
