import { Aspects, TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { Environment, PlatformValues } from '../config/environment.ts';
import { providerVersions, terraformVersion } from '../config/terraform.ts';
import type { PlatformConstructs } from './platform.ts';

/** In the order of deployment. A stack finds resources of earlier stacks by name, with data sources. */
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
    Aspects.of(this).add({ visit: acceptFixes });
  }
}

/** Replaces the pinned provider version of the bindings with the range in config/terraform.ts. */
function acceptFixes(node: IConstruct): void {
  if (!TerraformProvider.isTerraformProvider(node)) return;
  const name = node.terraformResourceType;
  const version = providerVersions[name];
  if (version === undefined) return;
  TerraformStack.of(node).addOverride(`terraform.required_providers.${name}.version`, version);
}
