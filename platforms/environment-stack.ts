import { Aspects, TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { Environment, PlatformValues } from '../config/environment.ts';
import { providerVersions, terraformVersion } from '../config/terraform.ts';
import type { PlatformConstructs } from './platform.ts';

/** Layers in deployment order. A stack looks up resources of earlier layers by name. */
export type Layer = 'platform' | 'monitoring' | 'workloads' | 'federation' | 'functions';

export interface Deployment<P extends PlatformValues = PlatformValues> {
  readonly environment: Environment<P>;
  readonly constructs: PlatformConstructs<P>;
  /**
   * Dashboards with this environment's thresholds: file name → JSON.
   * @default the files of `npm run generate`
   */
  readonly dashboards?: Readonly<Record<string, string>>;
}

/** The stack of one layer, with its own Terraform state. Its name is `<environment>-<layer>`. */
export class EnvironmentStack<P extends PlatformValues = PlatformValues> extends TerraformStack {
  constructor(scope: Construct, { environment, constructs }: Deployment<P>, layer: Layer) {
    const name = `${environment.name}-${layer}`;
    super(scope, name);
    this.addOverride('terraform.required_version', terraformVersion);
    constructs.stateBackend(this, environment, name);
    Aspects.of(this).add({ visit: pinVersion });
  }
}

function pinVersion(node: IConstruct): void {
  if (!TerraformProvider.isTerraformProvider(node)) return;
  const name = node.terraformResourceType;
  const versions: Readonly<Record<string, string>> = providerVersions;
  const version = versions[name];
  if (version === undefined) return;
  TerraformStack.of(node).addOverride(`terraform.required_providers.${name}.version`, version);
}
