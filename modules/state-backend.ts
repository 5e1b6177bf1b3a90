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
    // The path is relative to cdktf.out/stacks/<stack>, because Terraform runs in this folder.
    // The default path of CDKTF is absolute, therefore the JSON would differ between machines.
    new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
  }
}
