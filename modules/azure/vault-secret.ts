import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret/index.js';
import { Construct } from 'constructs';
import { grant } from './grant.ts';

export interface VaultSecretProps {
  readonly vaultId: string;
  readonly name: string;
  /** An ephemeral expression. Neither a plan nor the Terraform state contains its value. */
  readonly value: string;
  /**
   * Terraform writes the secret again when this number is increased.
   * @default 1
   */
  readonly revision?: number;
  /** Object ids of the identities that may read this secret. */
  readonly readers: Readonly<Record<string, string>>;
}

/** A secret in a key vault. Terraform writes the value only into the vault. */
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
