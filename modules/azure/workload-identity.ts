import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential/index.js';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity/index.js';
import { Construct } from 'constructs';
import type { Placement } from './placement.ts';

export interface WorkloadIdentityProps {
  readonly placement: Placement;
  readonly name: string;
  /** OIDC issuer URL of the cluster. */
  readonly issuer: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** A managed identity for a service account. Its pods log in with a cluster token, without a secret. */
export class WorkloadIdentity extends Construct {
  readonly identity: UserAssignedIdentity;

  constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, id);
    const { placement, name } = props;
    this.identity = new UserAssignedIdentity(this, 'identity', { ...placement, name });
    new FederatedIdentityCredential(this, 'credential', {
      name,
      resourceGroupName: placement.resourceGroupName,
      parentId: this.identity.id,
      issuer: props.issuer,
      subject: `system:serviceaccount:${props.namespace}:${props.serviceAccount}`,
      audience: ['api://AzureADTokenExchange'],
    });
  }
}
