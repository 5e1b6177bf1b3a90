import { AzurermBackend, LocalBackend, type TerraformStack } from 'cdktf';
import type { Environment } from '../config/environment.ts';

/**
 * Sets the location of the Terraform state of a stack, as the environment's `state` defines it.
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
    // The path is relative, because CDKTF would copy an absolute path into its output. Terraform runs in
    // cdktf.out/stacks/<stack>.
    new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
  }
}
