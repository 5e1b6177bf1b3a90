import { TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment, PlatformValues } from '../config/environment.ts';
import { providerVersions, terraformVersion } from '../config/terraform.ts';
import type { PlatformConstructs } from './platform.ts';

/** In the order of deployment; each reads what it needs of those before it back by name. */
export type Layer = 'platform' | 'monitoring' | 'workloads' | 'federation' | 'functions';

/** An environment and the constructs of its platform. */
export interface Deployment<P extends PlatformValues = PlatformValues> {
  readonly environment: Environment<P>;
  readonly constructs: PlatformConstructs<P>;
}

/** One layer of one environment: `<environment>-<layer>`, with its own state. */
export class EnvironmentStack<P extends PlatformValues = PlatformValues> extends TerraformStack {
  constructor(scope: Construct, { environment, constructs }: Deployment<P>, layer: Layer) {
    const name = `${environment.name}-${layer}`;
    super(scope, name);
    this.addOverride('terraform.required_version', terraformVersion);
    constructs.stateBackend(this, environment, name);
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
