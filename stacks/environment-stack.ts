import { Aspects, AzurermBackend, LocalBackend, TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { Environment } from '../config/environment.ts';
import { providerVersions, terraformVersion } from '../config/terraform.ts';

/** In the order of deployment. A stack reads values of earlier stacks by name, with data sources. */
export type Layer = 'platform' | 'monitoring' | 'workloads' | 'federation' | 'functions';

/** One layer of one environment. The stack's name is `<environment>-<layer>`; each stack has its own state. */
export class EnvironmentStack extends TerraformStack {
  constructor(scope: Construct, environment: Environment, layer: Layer) {
    const name = `${environment.name}-${layer}`;
    super(scope, name);
    this.addOverride('terraform.required_version', terraformVersion);
    const { state } = environment;
    if (state.kind === 'azurerm') {
      new AzurermBackend(this, {
        subscriptionId: state.subscriptionId,
        resourceGroupName: state.resourceGroup,
        storageAccountName: state.storageAccount,
        containerName: state.container,
        key: `${name}.tfstate`,
        useAzureadAuth: true,
      });
    } else {
      // Relative to cdktf.out/stacks/<stack>, where Terraform runs. CDKTF's default is an absolute path.
      new LocalBackend(this, { path: `../../../terraform.${name}.tfstate` });
    }
    Aspects.of(this).add({ visit: acceptFixes });
  }
}

/** Widens the one release that a provider's bindings pin to the range in config/terraform.ts. */
function acceptFixes(node: IConstruct): void {
  if (!TerraformProvider.isTerraformProvider(node)) return;
  const name = node.terraformResourceType;
  const version = providerVersions[name];
  if (version === undefined) return;
  TerraformStack.of(node).addOverride(`terraform.required_providers.${name}.version`, version);
}
