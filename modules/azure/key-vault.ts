import { KeyVault as AzureKeyVault } from '@cdktf/provider-azurerm/lib/key-vault/index.js';
import { Construct } from 'constructs';
import { grant } from './grant.ts';
import type { Placement } from './placement.ts';
import { type EndpointPlace, PrivateEndpoint } from './private-endpoint.ts';

export interface KeyVaultProps {
  readonly placement: Placement;
  readonly tenantId: string;
  readonly name: string;
  readonly softDeleteDays: number;
  /** IPv4 ranges of clients that may connect. A client also needs a role for the secrets. */
  readonly operatorRanges: readonly string[];
  /** Ids of Entra groups. Their members may write secrets. */
  readonly administratorGroupIds: readonly string[];
  readonly endpoint: EndpointPlace;
}

/** A key vault. Only operators, the virtual network and trusted Azure services can connect. */
export class KeyVault extends Construct {
  readonly vault: AzureKeyVault;

  constructor(scope: Construct, id: string, props: KeyVaultProps) {
    super(scope, id);
    const { placement, name } = props;
    this.vault = new AzureKeyVault(this, 'vault', {
      ...placement,
      name,
      tenantId: props.tenantId,
      skuName: 'standard',
      rbacAuthorizationEnabled: true,
      purgeProtectionEnabled: true,
      softDeleteRetentionDays: props.softDeleteDays,
      networkAcls: { bypass: 'AzureServices', defaultAction: 'Deny', ipRules: [...props.operatorRanges] },
    });
    for (const [index, group] of props.administratorGroupIds.entries()) {
      grant(this, `officer-${index}`, {
        role: 'Key Vault Secrets Officer',
        on: this.vault.id,
        to: group,
        principalType: 'Group',
      });
    }
    new PrivateEndpoint(this, 'private', {
      placement,
      name,
      target: this.vault.id,
      serves: 'vault',
      ...props.endpoint,
    });
  }
}
