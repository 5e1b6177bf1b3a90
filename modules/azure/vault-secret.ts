import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret/index.js';
import { Construct } from 'constructs';
import { grant } from './grant.ts';

export interface VaultSecretProps {
  readonly vaultId: string;
  readonly name: string;
  /** An expression that is ephemeral, so that neither plan nor state holds what comes of it. */
  readonly value: string;
  /**
   * Written when the secret is made and whenever this number rises.
   * @default 1
   */
  readonly revision?: number;
  /** Object identifiers of those who may read this secret, and no other of the vault. */
  readonly readers: Readonly<Record<string, string>>;
}

/** A secret that goes into the vault and is in no file on the way. */
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
