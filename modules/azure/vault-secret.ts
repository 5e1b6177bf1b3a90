import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret/index.js';
import { Construct } from 'constructs';
import { grant } from './grant.ts';

export interface VaultSecretProps {
  readonly vaultId: string;
  readonly name: string;
  /** An ephemeral expression. Its value is neither in a plan nor in the Terraform state. */
  readonly value: string;
  /**
   * Increase this number to write the secret again. Terraform writes the secret only at its creation and for a higher
   * number.
   * @default 1
   */
  readonly revision?: number;
  /** Object ids of the identities that may read this secret, but not the other secrets of the vault. */
  readonly readers: Readonly<Record<string, string>>;
}

/** A secret in the vault. No file contains its value. */
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
