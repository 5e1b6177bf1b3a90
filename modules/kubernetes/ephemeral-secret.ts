import { SecretV1 } from '@cdktf/provider-kubernetes/lib/secret-v1/index.js';
import { type ITerraformDependable, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { providerVersions } from '../../config/terraform.ts';
import type { ClusterConnection } from './connection.ts';

export interface EphemeralSecretProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly name: string;
  /** Each value is a result of `generatedPassword` or `ephemeralVariable`, or text that is not secret. */
  readonly data: Readonly<Record<string, string>>;
  /**
   * Type of the Secret.
   * @default 'Opaque'
   */
  readonly type?: string;
  /**
   * Terraform writes the Secret at its creation and for each higher number, and never reads it. Increase the number to
   * write the Secret again.
   * @default 1
   */
  readonly revision?: number;
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * A Secret with values that are neither in the synthesized JSON nor in the Terraform state. Its field `data_wo` needs
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
 * A random password. 32 letters and digits have 190 bits of entropy, and need no escaping. Every Terraform run
 * generates another password and does not store it. An `EphemeralSecret` keeps the password of the run that writes the
 * Secret.
 * @param name name of the ephemeral resource, unique in the stack
 * @returns an expression that only write-only arguments and provider settings accept
 */
export function generatedPassword(scope: Construct, name: string, length = 32): string {
  const stack = TerraformStack.of(scope);
  // CDKTF does not support ephemeral resources. The two calls of `addOverride` are simpler than a provider package with
  // such resources.
  stack.addOverride('terraform.required_providers.random', {
    source: 'hashicorp/random',
    version: providerVersions.random,
  });
  stack.addOverride(`ephemeral.random_password.${name}`, { length, special: false });
  return `\${ephemeral.random_password.${name}.result}`;
}

/**
 * A secret that a person gives to Terraform in a variable. The variable has no default: Terraform asks for the secret
 * if `TF_VAR_<name>` is not set.
 * @returns an expression that only write-only arguments and provider settings accept
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
