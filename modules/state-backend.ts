import { AzurermBackend, LocalBackend, type TerraformStack } from 'cdktf';
import type { Environment } from '../config/environment.ts';

/**
 * Sets where Terraform stores the state of a stack, according to `state` of the environment.
 * @param name name of the stack
 */
export function stateBackend(
  stack: TerraformStack,
  { state }: Pick<Environment, 'state'>,
  name: string,
): void {
  if (state.kind === 'azurerm') {
    new AzurermBackend(stack, {
      subscriptionId: state.subscriptionId,
      resourceGroupName: state.resourceGroup,
      storageAccountName: state.storageAccount,
      containerName: state.container,
      key: `${name}.tfstate`,
      useAzureadAuth: true,
    });
  } else {
    // Relative to cdktf.out/stacks/<stack>, in which Terraform runs. CDKTF would copy an absolute path into its output.
    new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
  }
}
