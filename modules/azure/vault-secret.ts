import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret/index.js';
import { Construct } from 'constructs';
import { grant } from './grant.ts';

export interface VaultSecretProps {
  readonly vaultId: string;
  readonly name: string;
  /** An ephemeral expression: its value is neither in a plan nor in the Terraform state. */
  readonly value: string;
  /**
   * Terraform writes the secret at its creation and for each higher number. Increase the number to write the secret
   * again.
   * @default 1
   */
  readonly revision?: number;
  /** Object ids of identities that may read this secret. They cannot read other secrets of the vault. */
  readonly readers: Readonly<Record<string, string>>;
}

/** A secret in a key vault. Its value is in no file. */
export class VaultSecret extends Construct {
  readonly secret: KeyVaultSecret;

  constructor(scope: Construct, id: string, props: VaultSecretProps) {
    super(scope, id);
    this.secret = new KeyVaultSecret(this, 'secret', {
      name: props.name,
      keyVaultId: props.vaultId,
      contentType: 'text/plain',
      valueWo: props.value,
      valueWoVersion: props.revision ?? 1,
    });
    for (const [name, principal] of Object.entries(props.readers)) {
      grant(this, `read-${name}`, {
        role: 'Key Vault Secrets User',
        on: this.secret.resourceVersionlessId,
        to: principal,
      });
    }
  }
}
