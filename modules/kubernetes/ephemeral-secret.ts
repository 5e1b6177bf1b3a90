import { SecretV1 } from '@cdktf/provider-kubernetes/lib/secret-v1/index.js';
import { type ITerraformDependable, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { providerVersions } from '../../config/terraform.ts';
import type { ClusterConnection } from './connection.ts';

export interface EphemeralSecretProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly name: string;
  /**
   * Create each secret value with `generatedPassword` or `ephemeralVariable`. A literal text would be visible in the
   * synthesized JSON.
   */
  readonly data: Readonly<Record<string, string>>;
  /** @default 'Opaque' */
  readonly type?: string;
  /**
   * Terraform writes the Secret again only when this number is increased. A change of `data` alone has no effect.
   * @default 1
   */
  readonly revision?: number;
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * A Secret whose values are neither in the synthesized JSON nor in the Terraform state. Its field `data_wo` needs
 * Terraform 1.11 or newer.
 */
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
 * A random password of letters and digits, new in every Terraform run. Only a run that writes the Secret uses the
 * password.
 * @param name unique in the stack
 * @returns a Terraform expression, valid only in write-only arguments and in the settings of a provider
 */
export function generatedPassword(scope: Construct, name: string, length = 32): string {
  const stack = TerraformStack.of(scope);
  // CDKTF has no classes for ephemeral resources, therefore `addOverride` writes them.
  stack.addOverride('terraform.required_providers.random', {
    source: 'hashicorp/random',
    version: providerVersions.random,
  });
  stack.addOverride(`ephemeral.random_password.${name}`, { length, special: false });
  return `\${ephemeral.random_password.${name}.result}`;
}

/**
 * A secret from a Terraform variable. Terraform asks for the secret if `TF_VAR_<name>` is not set.
 * @returns a Terraform expression, valid only in write-only arguments and in the settings of a provider
 */
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
