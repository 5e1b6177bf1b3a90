import { SecretV1 } from '@cdktf/provider-kubernetes/lib/secret-v1/index.js';
import { type ITerraformDependable, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterConnection } from './connection.ts';

export interface EphemeralSecretProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly name: string;
  /** Values by key: results of `generatedPassword` and `ephemeralVariable`, or text that is not secret. */
  readonly data: Readonly<Record<string, string>>;
  /**
   * Type of the Secret.
   * @default 'Opaque'
   */
  readonly type?: string;
  /**
   * Number that a caller increases to write the Secret again. Terraform writes the Secret only when it creates it or
   * when this number increases. Terraform never reads the values.
   * @default 1
   */
  readonly revision?: number;
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * A Secret whose values are not in the synthesized JSON and not in the state. It uses `data_wo`, which needs Terraform
 * 1.11 or newer.
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
 * A password that Terraform generates in every run and does not store. An `EphemeralSecret` keeps the password of the
 * run that wrote the Secret. 32 letters and digits have 190 bits and need no escaping.
 * @param name name of the ephemeral resource, unique in the stack
 * @returns an expression that only write-only arguments and provider settings accept
 */
export function generatedPassword(scope: Construct, name: string, length = 32): string {
  const stack = TerraformStack.of(scope);
  // CDKTF does not support ephemeral resources. Two overrides are simpler than a whole provider package for one
  // password.
  stack.addOverride('terraform.required_providers.random', { source: 'hashicorp/random', version: '~> 3.7' });
  stack.addOverride(`ephemeral.random_password.${name}`, { length, special: false });
  return `\${ephemeral.random_password.${name}.result}`;
}

/**
 * A secret that the operator enters. The Terraform variable has no default; therefore a run without `TF_VAR_<name>`
 * prompts for the secret.
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
