import { AzurermBackend, LocalBackend, TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
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
  }

  /**
   * In place of CDKTF's own, which resolves every value twice to find those of other stacks: a tenth of a synthesis. No
   * stack reads another's value; a reference that tried would name what its stack does not declare, and a test looks for that.
   */
  override prepareStack(): void {
    for (const provider of this.node.findAll().filter(TerraformProvider.isTerraformProvider)) {
      const name = provider.terraformResourceType;
      const version = providerVersions[name];
      if (version !== undefined) this.addOverride(`terraform.required_providers.${name}.version`, version);
    }
  }
}
