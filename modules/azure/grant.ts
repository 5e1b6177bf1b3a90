import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment/index.js';
import type { Construct } from 'constructs';

export interface GrantProps {
  readonly role: string;
  readonly on: string;
  /** Object id of an identity or a group. */
  readonly to: string;
  /** @default 'ServicePrincipal', the type of a managed identity */
  readonly principalType?: 'ServicePrincipal' | 'Group';
}

/** Gives an identity or a group a role on a resource. */
export function grant(scope: Construct, id: string, props: GrantProps): RoleAssignment {
  const principalType = props.principalType ?? 'ServicePrincipal';
  return new RoleAssignment(scope, id, {
    scope: props.on,
    roleDefinitionName: props.role,
    principalId: props.to,
    principalType,
    // azurerm must not check the identity, because Entra replicates a new identity with a delay.
    ...(principalType === 'ServicePrincipal' && { skipServicePrincipalAadCheck: true }),
  });
}
