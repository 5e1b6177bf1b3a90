import { AzurermBackend, LocalBackend, type TerraformStack } from 'cdktf';
import type { Environment } from '../config/environment.ts';

/** @param name name of the stack, such as `dev-monitoring` */
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
    // Terraform runs in cdktf.out/stacks/<stack>. Without `path`, the JSON would contain an absolute path.
    new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
  }
}
