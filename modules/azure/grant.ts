import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment/index.js';
import type { Construct } from 'constructs';

export interface GrantProps {
  /** Name of a built-in role of Azure. */
  readonly role: string;
  /** Identifier of the resource that the role is limited to. */
  readonly on: string;
  /** Object identifier of the identity or group that receives the role. */
  readonly to: string;
  /** @default 'ServicePrincipal', the type of a managed identity */
  readonly principalType?: 'ServicePrincipal' | 'Group';
}

/**
 * A role on one resource. Entra replicates a new managed identity with a delay; therefore Azure must not look up the
 * identity first.
 */
export function grant(scope: Construct, id: string, props: GrantProps): RoleAssignment {
  const principalType = props.principalType ?? 'ServicePrincipal';
  return new RoleAssignment(scope, id, {
    scope: props.on,
    roleDefinitionName: props.role,
    principalId: props.to,
    principalType,
    ...(principalType === 'ServicePrincipal' && { skipServicePrincipalAadCheck: true }),
  });
}
