import { Aspects, AzurermBackend, LocalBackend, TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { Environment } from '../config/environment.ts';
import { providerVersions, terraformVersion } from '../config/terraform.ts';

/** In the order of deployment; each reads what it needs of those before it back by name. */
export type Layer = 'platform' | 'monitoring' | 'workloads' | 'federation' | 'functions';

/** One layer of one environment: `<environment>-<layer>`, with its own state. */
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
      // Relative, because CDKTF would write an absolute path; seen from cdktf.out/stacks/<stack>, where Terraform runs.
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
