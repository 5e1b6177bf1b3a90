import { SecretV1 } from '@cdktf/provider-kubernetes/lib/secret-v1/index.js';
import { type ITerraformDependable, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { providerVersions } from '../../config/terraform.ts';
import type { ClusterConnection } from './connection.ts';

export interface EphemeralSecretProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly name: string;
  /** Values from `generatedPassword` or `ephemeralVariable`. A literal would be in the synthesized JSON. */
  readonly data: Readonly<Record<string, string>>;
  /** @default 'Opaque' */
  readonly type?: string;
  /**
   * Increase the number to write the Secret again. A change of `data` alone has no effect.
   * @default 1
   */
  readonly revision?: number;
  readonly dependsOn?: ITerraformDependable[];
}

/** A Secret whose values are not in the Terraform state. `data_wo` needs Terraform 1.11 or newer. */
export class EphemeralSecret extends Construct {
  readonly secret: SecretV1;
  readonly name: string;

  constructor(scope: Construct, id: string, props: EphemeralSecretProps) {
    super(scope, id);
    this.name = props.name;
    this.secret = new SecretV1(this, 'secret', {
      provider: props.connection.kubernetes,
      metadata: { name: props.name, namespace: props.namespace },
      type: props.type ?? 'Opaque',
      dataWo: { ...props.data },
      dataWoRevision: props.revision ?? 1,
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}

/**
 * A random password for write-only arguments and provider settings.
 * @param name unique in the stack
 */
export function generatedPassword(scope: Construct, name: string, length = 32): string {
  const stack = TerraformStack.of(scope);
  // CDKTF has no classes for ephemeral resources, therefore `addOverride` writes them.
  stack.addOverride('terraform.required_providers.random', {
    source: 'hashicorp/random',
    version: providerVersions.random,
  });
  // The password is new in every Terraform run.
  stack.addOverride(`ephemeral.random_password.${name}`, { length, special: false });
  return `\${ephemeral.random_password.${name}.result}`;
}

/** A secret from a Terraform variable, for write-only arguments and provider settings. */
export function ephemeralVariable(scope: Construct, name: string, description: string): string {
  const variable = new TerraformVariable(scope, `variable-${name}`, {
    type: 'string',
    description,
    sensitive: true,
    nullable: false,
  });
  variable.overrideLogicalId(name);
  variable.addOverride('ephemeral', true);
  return variable.stringValue;
}
